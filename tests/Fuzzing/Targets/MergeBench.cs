using System.Diagnostics;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Tests.Sync;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>Merges what inputs tell into a real record: nothing may throw, and the record must be the same in whatever order they come.</summary>
internal sealed class MergeBench : IAsyncDisposable
{
    // One delivery can tell thousands of events, and each of them is merged four times and more.
    private const int MaxEvents = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly RecordHarness record = RecordHarness.Open(new IdentityLimits());
    private readonly List<(FuzzInput Input, IReadOnlyList<ContactEvent> Events)> waiting = [];

    public void Add(FuzzInput input, IReadOnlyList<ContactEvent> events)
    {
        if (events.Count > 0) waiting.Add((input, [.. events.Take(MaxEvents)]));
    }

    /// <summary>Merges what was added.</summary>
    /// <returns>The fault, with as few inputs as show it.</returns>
    public async Task<Caught?> SettleAsync()
    {
        var told = Take();
        if (await FaultAsync(told) is not { } finding) return null;
        var watch = Stopwatch.StartNew();
        for (var size = told.Count / 2; size > 0; size /= 2)
        {
            for (var at = 0; at < told.Count && told.Count > 1 && watch.Elapsed < Patience;)
            {
                List<(FuzzInput, IReadOnlyList<ContactEvent>)> fewer = [.. told.Take(at), .. told.Skip(at + size)];
                if (fewer.Count > 0 && (await FaultAsync(fewer))?.Rule == finding.Rule) told = fewer;
                else at += size;
            }
        }
        return new Caught(finding, [.. told.Select(one => one.Input)]);
    }

    /// <summary>Begins anew.</summary>
    public void Forget() => waiting.Clear();

    /// <summary>Merges what was added.</summary>
    /// <returns>The fault, of whatever inputs.</returns>
    public Task<Finding?> FaultAsync() => FaultAsync(Take());

    public ValueTask DisposeAsync() => record.DisposeAsync();

    private List<(FuzzInput Input, IReadOnlyList<ContactEvent> Events)> Take()
    {
        var told = waiting.ToList();
        waiting.Clear();
        return told;
    }

    private async Task<Finding?> FaultAsync(IReadOnlyList<(FuzzInput Input, IReadOnlyList<ContactEvent> Events)> told)
    {
        if (told.Count == 0) return null;
        List<MergeItem> items = [.. told.SelectMany((one, delivery) => one.Events.Select(contactEvent => new MergeItem(contactEvent, delivery + 1, one.Events.Count)))];
        try
        {
            // An erasure takes what is there when it comes: of it only the order is not asked.
            var lasting = items.FindAll(item => item.Event is not ErasureRequested);
            if (lasting.Count < items.Count) await ExportAsync(items);
            var (forth, back) = (await ExportAsync(lasting), await ExportAsync(Enumerable.Reverse(lasting)));
            return forth == back ? null : new Finding("another order gives another record", $"{forth}\n--- the other way round:\n{back}");
        }
        catch (Exception exception)
        {
            var finding = Finding.Of(exception);
            return finding with { Rule = $"merging {finding.Rule}" };
        }
    }

    private async Task<string> ExportAsync(IEnumerable<MergeItem> items)
    {
        await record.ClearAsync();
        foreach (var batch in items.Chunk(25)) await record.MergeAsync(batch);
        return record.CanonicalExport();
    }
}
