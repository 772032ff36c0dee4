using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>An entity that an event speaks of.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Id">The vendor's id, within the connection.</param>
/// <param name="Tells">Whether the event tells of the entity itself, or only mentions it.</param>
internal readonly record struct EntityReference(EntityType Type, string Id, bool Tells)
{
    /// <summary>Whether one such entity belongs to one person, so that events which share it concern that person. A deal can concern several.</summary>
    public bool BelongsToOnePerson => Type is not EntityType.Deal;
}

/// <summary>Which entities an event speaks of.</summary>
internal static class EntityReferences
{
    public static IEnumerable<EntityReference> Of(ContactEvent contactEvent) => contactEvent switch
    {
        OrderPlaced order => [new(EntityType.Order, order.OrderId, true)],
        OrderPaid order => [new(EntityType.Order, order.OrderId, true)],
        OrderRefunded order => [new(EntityType.Order, order.OrderId, true)],
        OrderCancelled order => [new(EntityType.Order, order.OrderId, true)],
        PromoUsed { OrderId: { } orderId } => [new(EntityType.Order, orderId, false)],
        PaymentFailed failed => Mentions((EntityType.Order, failed.OrderId), (EntityType.Invoice, failed.InvoiceId), (EntityType.Subscription, failed.SubscriptionId)),
        SubscriptionEvent subscription => [new(EntityType.Subscription, subscription.SubscriptionId, true)],
        InvoiceIssued invoice => [new(EntityType.Invoice, invoice.InvoiceId, true), .. Mentions((EntityType.Subscription, invoice.SubscriptionId))],
        InvoicePaid invoice => [new(EntityType.Invoice, invoice.InvoiceId, true), .. Mentions((EntityType.Subscription, invoice.SubscriptionId))],
        AppointmentRescheduled { PreviousAppointmentId: { } previous } moved when previous != moved.AppointmentId =>
            [new(EntityType.Appointment, moved.AppointmentId, true), new(EntityType.Appointment, previous, true)],
        AppointmentEvent appointment => [new(EntityType.Appointment, appointment.AppointmentId, true)],
        RegistrationEvent registration => [new(EntityType.Registration, registration.RegistrationId, true)],
        DealChanged deal => [new(EntityType.Deal, deal.DealId, true)],
        CartAbandoned cart => [new(EntityType.Cart, cart.CartId, true)],
        _ => [],
    };

    private static IEnumerable<EntityReference> Mentions(params IEnumerable<(EntityType Type, string? Id)> mentioned)
    {
        foreach (var (type, id) in mentioned)
        {
            if (id is not null) yield return new EntityReference(type, id, false);
        }
    }
}
