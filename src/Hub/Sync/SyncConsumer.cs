using IntegrationHub.Contracts;
using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Telemetry;
using MassTransit;

namespace IntegrationHub.Hub.Sync;

/// <summary>Brings one kind of contract event from the bus into the record. A consumer like anyone else's.</summary>
internal sealed class SyncConsumer<TEvent>(SyncService sync, BusIdentity identity) : IConsumer<TEvent> where TEvent : ContactEvent
{
    public Task Consume(ConsumeContext<TEvent> context)
    {
        var headers = context.Headers;
        if (!identity.IsOurs(headers.Get<string>(Envelope.HubHeader))) return Task.CompletedTask;
        var item = new MergeItem(context.Message, headers.Get<long>(Envelope.DeliveryHeader) ?? 0, headers.Get<int>(Envelope.CountHeader) ?? 1)
        {
            Unread = headers.Get<string>(Envelope.UnreadHeader),
            Trace = headers.Get<string>(Signals.TraceHeader),
        };
        return sync.MergeAsync(item, context.CancellationToken);
    }
}
