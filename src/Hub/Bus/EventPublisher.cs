using IntegrationHub.Contracts;
using MassTransit;

namespace IntegrationHub.Hub.Bus;

/// <summary>Puts the facts of a delivery on the bus. Their headers say which delivery told them and how many it told.</summary>
internal sealed class EventPublisher(IBus bus)
{
    public const string DeliveryHeader = "Hub-Delivery";
    public const string CountHeader = "Hub-Delivery-Events";

    public Task PublishAsync(IReadOnlyList<ContactEvent> events, long deliveryId, CancellationToken cancellationToken) =>
        Task.WhenAll(events.Select(contactEvent => bus.Publish(contactEvent, contactEvent.GetType(), context =>
        {
            context.MessageId = contactEvent.EventId;
            context.Headers.Set(DeliveryHeader, deliveryId);
            context.Headers.Set(CountHeader, events.Count);
        }, cancellationToken)));
}
