using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Subscription contracts. The bodies are thin: a state, a rhythm, the customer's id, and no time.</summary>
internal static class ShopifySubscriptions
{
    public static Normalization Started(WebhookDelivery delivery)
    {
        var (id, moment) = Read(delivery);
        return Tell(delivery, $"subscriptions/{id}/started", new SubscriptionStarted
        {
            OccurredAt = moment.At,
            Person = Customer(delivery.Json),
            Source = Source(delivery, id),
            SubscriptionId = id,
        });
    }

    /// <summary>A contract changed, was paused or goes on. An ended one may be told as an update too.</summary>
    public static Normalization Changed(WebhookDelivery delivery)
    {
        if (delivery.Json["status"].Text()?.ToLowerInvariant() is "cancelled" or "expired" or "failed") return Ended(delivery);
        var (id, moment) = Read(delivery);
        return Tell(delivery, $"subscriptions/{id}/changed/{ShopifyHeaders.Action(delivery)}", new SubscriptionChanged
        {
            OccurredAt = moment.At,
            Person = Customer(delivery.Json),
            Source = Source(delivery, id),
            SubscriptionId = id,
        });
    }

    /// <summary>Cancelled, expired, or failed: "the contract ended because billing failed and no further billing attempts are expected".</summary>
    public static Normalization Ended(WebhookDelivery delivery)
    {
        var (id, moment) = Read(delivery);
        return Tell(delivery, $"subscriptions/{id}/ended/{ShopifyHeaders.Action(delivery)}", new SubscriptionEnded
        {
            OccurredAt = moment.At,
            Person = Customer(delivery.Json),
            Source = Source(delivery, id),
            SubscriptionId = id,
            EndsAt = moment.At,
        });
    }

    private static (string Id, Moment Moment) Read(WebhookDelivery delivery) => (ShopifyIds.Self(delivery.Json), Moment.Of(delivery));

    private static Normalization Tell(WebhookDelivery delivery, string key, SubscriptionEvent subscription) => Normalization.Of(key, subscription with
    {
        TimeBasis = Moment.Of(delivery).Basis,
        Status = delivery.Json["status"].Text(),
        Interval = Interval(delivery.Json["billing_policy"]),
    });

    private static Person Customer(Payload contract) =>
        ShopifyIds.Of(contract["customer_id"], contract["admin_graphql_api_customer_id"]) is { } customer ? ShopifyIds.Customer(customer) : new Person();

    private static SourceReference Source(WebhookDelivery delivery, string id) => ShopifyHeaders.Source(delivery, "subscription_contract", id);

    private static string? Interval(Payload policy)
    {
        var unit = policy["interval"].Text()?.ToLowerInvariant() switch
        {
            "day" => "D",
            "week" => "W",
            "month" => "M",
            "year" => "Y",
            _ => null,
        };
        return unit is null ? null : $"P{policy["interval_count"].Integer() ?? 1}{unit}";
    }
}
