using IntegrationHub.Contracts;
using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Telemetry;
using MassTransit;

namespace IntegrationHub.Hub.Sync;

/// <summary>Brings one kind of contract event from the bus into the record. A consumer like anyone else's.</summary>
/// <param name="waits">Whether a message is done when its event is in the record: with a broker, which then has as many on their way to a process as that can merge. In memory there is nobody else to take them; a message that is done at once is no longer in anyone's way. The inbox brings again what is not merged, however the bus sees it.</param>
internal sealed class SyncConsumer<TEvent>(SyncService sync, BusIdentity identity, bool waits) : IConsumer<TEvent> where TEvent : ContactEvent
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
        if (waits) return sync.MergeAsync(item, context.CancellationToken);
        sync.Take(item);
        return Task.CompletedTask;
    }
}
