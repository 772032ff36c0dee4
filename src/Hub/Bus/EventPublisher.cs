using IntegrationHub.Contracts;
using MassTransit;

namespace IntegrationHub.Hub.Bus;

/// <summary>Puts the facts of a delivery on the bus. Their headers say which delivery told them and how many it told.</summary>
internal sealed class EventPublisher(IBusControl bus)
{
    public const string DeliveryHeader = "Hub-Delivery";
    public const string CountHeader = "Hub-Delivery-Events";
    public const string UnreadHeader = "Hub-Delivery-Unread";

    /// <summary>Whether the bus takes messages now.</summary>
    public bool IsConnected => bus.CheckHealth().Status is BusHealthStatus.Healthy;

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
