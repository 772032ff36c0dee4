using IntegrationHub.Contracts;
using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Telemetry;
using MassTransit;

namespace IntegrationHub.Hub.Sync;

/// <summary>Brings one kind of contract event from the bus into the record. A consumer like anyone else's.</summary>
internal sealed class SyncConsumer<TEvent>(SyncService sync) : IConsumer<TEvent> where TEvent : ContactEvent
{
    public Task Consume(ConsumeContext<TEvent> context) => sync.MergeAsync(
        new MergeItem(context.Message, context.Headers.Get<long>(Envelope.DeliveryHeader) ?? 0, context.Headers.Get<int>(Envelope.CountHeader) ?? 1) { Unread = context.Headers.Get<string>(Envelope.UnreadHeader), Trace = context.Headers.Get<string>(Signals.TraceHeader) },
        context.CancellationToken);
}
