using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Registered customers, who are users of WordPress. Guests are told by their orders alone.</summary>
internal sealed class WooCommerceCustomers(WooCommercePeople people)
{
    public Normalization Observed(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        var id = body["id"].RequiredId();
        var modified = WooCommerceTime.Modified(body);
        return Normalization.Of($"customers/{id}/state/{WooCommerceTime.Key(modified)}", new ContactObserved
        {
            OccurredAt = modified,
            Person = people.OfCustomer(body, id),
            Source = WooCommerceSource.Of("customer", body, id),
        });
    }

    /// <summary>The user was deleted. Nothing but the id is told, not even when.</summary>
    public static Normalization Deleted(WebhookDelivery delivery)
    {
        var id = delivery.Json["id"].RequiredId();
        return Normalization.Of($"customers/{id}/deleted", new ContactRemovedAtSource
        {
            OccurredAt = delivery.ReceivedAt,
            TimeBasis = TimeBasis.Arrival,
            Person = new Person { Identifiers = [Identifier.Customer(id)] },
            Source = WooCommerceSource.Of("customer", id),
        });
    }
}
