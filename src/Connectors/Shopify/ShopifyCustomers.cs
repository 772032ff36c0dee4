using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>What the shop holds about a customer. Since API 2025-01 it comes in pieces: profile, tags, totals and consent each have their own topic.</summary>
internal static class ShopifyCustomers
{
    public static Normalization Observed(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        var id = ShopifyIds.Self(body);
        var changed = Moment.Of(delivery, body["updated_at"]);
        return Observed(delivery, $"customers/{id}/state/{changed}", changed, id, ShopifyPeople.OfCustomer(body));
    }

    /// <summary>A customer as the API holds it, with tags and consent.</summary>
    public static Normalization Held(WebhookDelivery delivery)
    {
        Func<WebhookDelivery, Normalization>[] parts = [Observed, Tagged, ShopifyConsent.Email, ShopifyConsent.Sms];
        return Normalization.Batch(parts, read => read(delivery));
    }

    public static Normalization Deleted(WebhookDelivery delivery)
    {
        var id = ShopifyIds.Self(delivery.Json);
        return Normalization.Of(Removed(delivery, id));
    }

    /// <summary>The customer that was kept is seen, the other one is gone. Nothing follows from a merge that was only asked for or has failed.</summary>
    public static Normalization Merged(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        var kept = ShopifyIds.Required(body["admin_graphql_api_customer_kept_id"]);
        var gone = ShopifyIds.Required(body["admin_graphql_api_customer_deleted_id"]);
        if (body["status"].Text() is { } status && !status.Equals("completed", StringComparison.OrdinalIgnoreCase))
            return new Normalization.Ignored("customers/merge", "the merge is not completed");
        var moment = Moment.Of(delivery);
        return Normalization.Of(Seen(delivery, $"customers/{kept}/merged/{gone}", moment, kept, ShopifyIds.Customer(kept)), Removed(delivery, gone));
    }

    public static Normalization TagsAdded(WebhookDelivery delivery) => Tagged(delivery, "tags_added", (person, tags) => person with { Tags = tags });

    public static Normalization TagsRemoved(WebhookDelivery delivery) => Tagged(delivery, "tags_removed", (person, tags) => person with { RemovedTags = tags });

    /// <summary>Order count and amount spent by the shop's own count.</summary>
    public static Normalization Summarized(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        var id = ShopifyIds.Required(body["customerId"]);
        var moment = Moment.Of(delivery, body["occurredAt"]);
        var spent = Amounts.Major(body["amountSpent"]["amount"], body["amountSpent"]["currencyCode"]);
        IEnumerable<KeyValuePair<string, string?>> totals =
        [
            new("number_of_orders", body["numberOfOrders"].Integer()?.ToString()),
            new("amount_spent", spent is null ? null : $"{spent.Amount} {spent.Currency}"),
            new("last_order_id", ShopifyIds.Of(body["lastOrderId"])),
        ];
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in totals)
        {
            if (value is not null) custom[name] = value;
        }
        return Observed(delivery, $"customers/{id}/purchasing_summary/{moment}", moment, id, ShopifyIds.Customer(id) with { Custom = custom });
    }

    // The same tags are the same fact, whatever else of the customer has changed.
    private static Normalization Tagged(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        var id = ShopifyIds.Self(body);
        var tags = body["tags"].Items().Select(tag => tag.Text()).OfType<string>().Order(StringComparer.Ordinal).ToList();
        if (tags.Count == 0) return new Normalization.Ignored("customer", "it has no tags");
        return Observed(delivery, $"customers/{id}/tags/{string.Join(',', tags)}", Moment.Of(delivery, body["updated_at"]), id, ShopifyIds.Customer(id) with { Tags = tags });
    }

    private static Normalization Tagged(WebhookDelivery delivery, string what, Func<Person, IReadOnlyList<string>, Person> tag)
    {
        var body = delivery.Json;
        var id = ShopifyIds.Required(body["customerId"]);
        var moment = Moment.Of(delivery, body["occurredAt"]);
        List<string> tags = [.. body["tags"].Items().Select(item => item.Text()).OfType<string>()];
        return Observed(delivery, $"customers/{id}/{what}/{moment}", moment, id, tag(ShopifyIds.Customer(id), tags));
    }

    private static Normalization Observed(WebhookDelivery delivery, string key, Moment moment, string id, Person person) =>
        Normalization.Of(Seen(delivery, key, moment, id, person));

    private static Fact Seen(WebhookDelivery delivery, string key, Moment moment, string id, Person person) => new(key, new ContactObserved
    {
        OccurredAt = moment.At,
        TimeBasis = moment.Basis,
        Person = person,
        Source = ShopifyHeaders.Source(delivery, "customer", id, $"customers/{id}"),
    });

    private static Fact Removed(WebhookDelivery delivery, string id)
    {
        var moment = Moment.Of(delivery);
        return new Fact($"customers/{id}/deleted", new ContactRemovedAtSource
        {
            OccurredAt = moment.At,
            TimeBasis = moment.Basis,
            Person = ShopifyIds.Customer(id),
            Source = ShopifyHeaders.Source(delivery, "customer", id),
        });
    }
}
