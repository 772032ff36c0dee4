using IntegrationHub.Contracts;
using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Telemetry;
using MassTransit;

namespace IntegrationHub.Hub.Sync;

/// <summary>Brings one kind of contract event from the bus into the record. A consumer like anyone else's.</summary>
internal sealed class SyncConsumer<TEvent>(SyncService sync) : IConsumer<TEvent> where TEvent : ContactEvent
{
    public Task Consume(ConsumeContext<TEvent> context) => sync.MergeAsync(
        new MergeItem(context.Message, context.Headers.Get<long>(EventPublisher.DeliveryHeader) ?? 0, context.Headers.Get<int>(EventPublisher.CountHeader) ?? 1) { Unread = context.Headers.Get<string>(EventPublisher.UnreadHeader), Trace = context.Headers.Get<string>(Signals.TraceHeader) },
        context.CancellationToken);
}
