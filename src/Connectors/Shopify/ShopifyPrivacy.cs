using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>The compliance topics. An app has one address for them, whatever the number of shops that installed it: another shop's request must not touch this one.</summary>
/// <remarks>See https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance, read 2026-11-20.</remarks>
internal sealed class ShopifyPrivacy(string? shopDomain)
{
    public Normalization DataRequested(WebhookDelivery delivery)
    {
        if (OtherShop(delivery) is { } ignored) return ignored;
        var (body, moment) = (delivery.Json, Moment.Of(delivery));
        var request = ShopifyIds.Of(body["data_request"]["id"]);
        var (person, source) = Subject(delivery);
        return Normalization.Of($"data_requests/{request ?? ShopifyHeaders.Action(delivery)}", new ExportRequested
        {
            OccurredAt = moment.At,
            TimeBasis = moment.Basis,
            Person = person,
            Source = source,
            RequestId = request,
        });
    }

    /// <summary>The action is part of the key: who was forgotten may come back as a customer and ask again.</summary>
    public Normalization CustomerRedacted(WebhookDelivery delivery)
    {
        if (OtherShop(delivery) is { } ignored) return ignored;
        var moment = Moment.Of(delivery);
        var (person, source) = Subject(delivery);
        return Normalization.Of($"customers/{source.ObjectId}/redact/{ShopifyHeaders.Action(delivery)}", new ErasureRequested
        {
            OccurredAt = moment.At,
            TimeBasis = moment.Basis,
            Person = person,
            Source = source,
            Scope = ErasureScope.Person,
        });
    }

    public Normalization ShopRedacted(WebhookDelivery delivery)
    {
        if (OtherShop(delivery) is { } ignored) return ignored;
        var moment = Moment.Of(delivery);
        var shop = ShopifyIds.Required(delivery.Json["shop_id"], delivery.Json["shop_domain"]);
        return Normalization.Of($"shops/{shop}/redact/{ShopifyHeaders.Action(delivery)}", new ErasureRequested
        {
            OccurredAt = moment.At,
            TimeBasis = moment.Basis,
            Person = new Person(),
            Source = ShopifyHeaders.Source(delivery, "shop", shop),
            Scope = ErasureScope.Connection,
        });
    }

    // The body is signed, the header that Verify looks at is not.
    private Normalization.Ignored? OtherShop(WebhookDelivery delivery) =>
        shopDomain is not null && !string.Equals(delivery.Json["shop_domain"].Text(), shopDomain, StringComparison.OrdinalIgnoreCase)
            ? new Normalization.Ignored(delivery.Header(ShopifyHeaders.Topic), "the request is for another shop")
            : null;

    private static (Person Person, SourceReference Source) Subject(WebhookDelivery delivery)
    {
        var customer = delivery.Json["customer"];
        var identifiers = new IdentifierList();
        identifiers.AddCustomer(customer);
        identifiers.AddEmail(customer["email"]);
        identifiers.AddPhone(customer["phone"]);
        if (identifiers.ToList().Count == 0) throw customer.Missing();
        var id = ShopifyIds.Of(customer["id"]) ?? delivery.Header(ShopifyHeaders.WebhookId);
        return (new Person { Identifiers = identifiers.ToList() }, ShopifyHeaders.Source(delivery, "customer", id));
    }
}
