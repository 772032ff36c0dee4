using System.Text.Json;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Objects of the API, read like the bodies of webhooks, with the same keys.</summary>
/// <param name="orders">Reads orders.</param>
/// <param name="payments">Reads attempts to pay.</param>
/// <param name="shopDomain">The shop, for links to its admin.</param>
internal sealed class ShopifyObjects(ShopifyOrders orders, ShopifyPayments payments, string? shopDomain)
{
    // Of two tellings of a fact the earlier one counts. A webhook knows more: the amount of a discount, the words of the bank.
    private static readonly TimeSpan BehindTheWebhook = TimeSpan.FromMicroseconds(1);

    public Normalization Read(ObjectReference what, WebhookDelivery delivery)
    {
        var lifted = Lifted(what.ObjectType, delivery);
        return Behind(what.ObjectType switch
        {
            "customer" => ShopifyCustomers.Held(lifted),
            "order" => orders.Held(lifted, payments),
            "draft_order" => ShopifyDraftOrders.Seen(lifted),
            "checkout" => ShopifyCheckouts.Seen(lifted),
            _ => new Normalization.Ignored(what.ObjectType, "the connector does not read such objects"),
        });
    }

    private static Normalization Behind(Normalization told) => told is not Normalization.Events events ? told : events with
    {
        Facts = [.. events.Facts.Select(fact => fact.Event.TimeBasis is Contracts.TimeBasis.Arrival ? fact : fact with { Event = fact.Event with { OccurredAt = fact.Event.OccurredAt + BehindTheWebhook } })],
    };

    /// <summary>The object as a webhook's body would have it.</summary>
    private WebhookDelivery Lifted(string objectType, WebhookDelivery delivery)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [ShopifyHeaders.Topic] = objectType };
        if (shopDomain is not null) headers[ShopifyHeaders.ShopDomain] = shopDomain;
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output)) Lift(delivery.Json, writer);
        return new WebhookDelivery { Connection = delivery.Connection, Connector = delivery.Connector, Headers = headers, Body = output.ToArray(), ReceivedAt = delivery.ReceivedAt };
    }

    // {"value": x} is x, and {"nodes": […]} is the list.
    private static void Lift(Payload value, Utf8JsonWriter writer)
    {
        if (value.IsObject && value.Members().Take(2).ToList() is [("value" or "nodes", var inner)])
        {
            Lift(inner, writer);
        }
        else if (value.IsObject)
        {
            writer.WriteStartObject();
            foreach (var (name, member) in value.Members())
            {
                writer.WritePropertyName(name);
                Lift(member, writer);
            }
            writer.WriteEndObject();
        }
        else if (value.IsList)
        {
            writer.WriteStartArray();
            foreach (var item in value.Items()) Lift(item, writer);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteRawValue(value.Raw().Span);
        }
    }
}
