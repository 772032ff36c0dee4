using IntegrationHub.Contracts;
using MassTransit;

namespace IntegrationHub.Hub.Bus;

/// <summary>Puts the facts of a delivery on the bus. Their headers say which delivery told them and how many it told.</summary>
internal sealed class EventPublisher(IBusControl bus, TimeProvider time)
{
    public const string DeliveryHeader = "Hub-Delivery";
    public const string CountHeader = "Hub-Delivery-Events";
    public const string UnreadHeader = "Hub-Delivery-Unread";

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private long lookedAt = long.MinValue;

    /// <summary>Whether the bus takes messages now.</summary>
    public bool IsConnected => bus.CheckHealth().Status is BusHealthStatus.Healthy;

    /// <summary>Waits until the bus takes messages and has somebody to bring them to: what is published before that is lost.</summary>
    public async Task WaitUntilConnectedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var last = Volatile.Read(ref lookedAt);
            if (last != long.MinValue && time.GetElapsedTime(last) < LookInterval) return;
            if (IsConnected)
            {
                Volatile.Write(ref lookedAt, time.GetTimestamp());
                return;
            }
            Volatile.Write(ref lookedAt, long.MinValue);
            await Task.Delay(LookInterval, time, cancellationToken);
        }
    }

    /// <param name="unread">Why the delivery stays in quarantine although its facts count; null when all of it can be read.</param>
    public Task PublishAsync(IReadOnlyList<ContactEvent> events, long deliveryId, string? unread, CancellationToken cancellationToken) =>
        Task.WhenAll(events.Select(contactEvent => bus.Publish(contactEvent, contactEvent.GetType(), context =>
        {
            context.MessageId = contactEvent.EventId;
            context.Headers.Set(DeliveryHeader, deliveryId);
            context.Headers.Set(CountHeader, events.Count);
            if (unread is not null) context.Headers.Set(UnreadHeader, unread);
        }, cancellationToken)));
}
