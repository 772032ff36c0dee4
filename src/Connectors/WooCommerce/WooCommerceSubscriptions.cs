using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Subscriptions of the extension WooCommerce Subscriptions: an order with a rhythm. Renewals are orders of their own.</summary>
internal sealed class WooCommerceSubscriptions(WooCommercePeople people)
{
    public Normalization Seen(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        var status = body["status"].RequiredText();
        if (status is "pending" or "auto-draft" or "draft" or "checkout-draft")
            return new Normalization.Ignored(delivery.Header(WooCommerceConnector.TopicHeader), "the subscription waits for its first payment");
        return Normalization.Of(Started(body), status is "cancelled" or "expired" or "switched" or "trash" ? Ended(body) : State(body));
    }

    /// <summary>The subscription was moved to the trash, which cancels it. Nothing but the id is told, not even when.</summary>
    public static Normalization Deleted(WebhookDelivery delivery)
    {
        var id = delivery.Json["id"].RequiredId();
        return Normalization.Of(EndKey(id), new SubscriptionEnded
        {
            OccurredAt = delivery.ReceivedAt,
            TimeBasis = TimeBasis.Arrival,
            Person = new Person(),
            Source = WooCommerceSource.Of("subscription", id),
            SubscriptionId = id,
            Reason = WooCommerceOrder.Trashed,
        });
    }

    // Plan and price can change since; the state tells them.
    private Fact Started(Payload body)
    {
        var id = body["id"].RequiredId();
        return new Fact($"subscriptions/{id}/started", new SubscriptionStarted
        {
            OccurredAt = WooCommerceTime.Utc(body["start_date_gmt"]) ?? WooCommerceTime.Created(body),
            Person = people.OfBuyer(body),
            Source = WooCommerceSource.Of("subscription", body, id),
            Attribution = WooCommerceGoods.Attribution(body),
            SubscriptionId = id,
        });
    }

    private Fact State(Payload body)
    {
        var (id, modified) = (body["id"].RequiredId(), WooCommerceTime.Modified(body));
        return new Fact($"subscriptions/{id}/state/{WooCommerceTime.Key(modified)}", new SubscriptionChanged
        {
            OccurredAt = modified,
            Person = people.OfBuyer(body),
            Source = WooCommerceSource.Of("subscription", body, id),
            SubscriptionId = id,
            Plan = Plan(body),
            Status = body["status"].Text(),
            Price = WooCommerceGoods.Total(body),
            Interval = Interval(body),
            CurrentPeriodEndsAt = WooCommerceTime.Utc(body["next_payment_date_gmt"]),
            EndsAt = WooCommerceTime.Utc(body["end_date_gmt"]),
        });
    }

    private Fact Ended(Payload body)
    {
        var (id, modified) = (body["id"].RequiredId(), WooCommerceTime.Modified(body));
        var end = WooCommerceTime.Utc(body["end_date_gmt"]) ?? WooCommerceTime.Utc(body["cancelled_date_gmt"]);
        var endedAt = end is { } told && told < modified ? told : modified;
        return new Fact(EndKey(id), new SubscriptionEnded
        {
            OccurredAt = endedAt,
            Person = people.OfBuyer(body),
            Source = WooCommerceSource.Of("subscription", body, id),
            SubscriptionId = id,
            Plan = Plan(body),
            Status = body["status"].Text(),
            Price = WooCommerceGoods.Total(body),
            Interval = Interval(body),
            EndsAt = endedAt,
        });
    }

    private static string EndKey(string id) => $"subscriptions/{id}/ended";

    private static string? Plan(Payload body) =>
        string.Join(", ", body["line_items"].Items().Select(WooCommerceGoods.Title).OfType<string>()) is { Length: > 0 } titles ? titles : null;

    private static string? Interval(Payload body)
    {
        var unit = body["billing_period"].Text() switch { "day" => "D", "week" => "W", "month" => "M", "year" => "Y", _ => null };
        return unit is null ? null : $"P{body["billing_interval"].Integer() ?? 1}{unit}";
    }
}
