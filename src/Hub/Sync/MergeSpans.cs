using System.Diagnostics;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Sync;

/// <summary>The spans of the events of a batch: each event has one in the trace of its delivery, and they begin and end together.</summary>
internal sealed class MergeSpans : IDisposable
{
    private readonly Signals signals;
    private readonly List<(MergeItem Item, Activity? Span)> merging = [];

    public MergeSpans(Signals signals, List<MergeItem> items)
    {
        this.signals = signals;
        foreach (var item in items)
        {
            merging.Add((item, signals.Merge(item.Trace, item.Event.Connection, item.Event.GetType().Name, item.DeliveryId, items.Count)));
            // The next one is no part of it.
            Activity.Current = null;
        }
    }

    /// <summary>All of them are in the record.</summary>
    public void Succeed(DateTimeOffset now)
    {
        foreach (var (item, span) in merging) signals.Merged(span, item.Event.Connection, now - item.Event.ReceivedAt);
    }

    /// <summary>What is to be published goes on with the traces.</summary>
    public List<OutboxMessage> Mark(List<OutboxMessage> messages)
    {
        var traces = merging.Where(one => one.Span is not null).DistinctBy(one => one.Item.Event.EventId).ToDictionary(one => one.Item.Event.EventId, one => one.Span!.Context);
        return traces.Count == 0 ? messages : messages.ConvertAll(message => message with { Traces = traces });
    }

    public void Dispose()
    {
        foreach (var (_, span) in merging) span?.Dispose();
        Activity.Current = null;
    }
}
