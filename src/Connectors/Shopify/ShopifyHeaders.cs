using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>What the headers of a delivery tell. See https://shopify.dev/docs/apps/build/webhooks/delivery-structure, read 2026-11-20.</summary>
internal static class ShopifyHeaders
{
    public const string Topic = "X-Shopify-Topic";
    public const string ShopDomain = "X-Shopify-Shop-Domain";
    public const string TriggeredAt = "X-Shopify-Triggered-At";
    public const string WebhookId = "X-Shopify-Webhook-Id";
    public const string EventId = "X-Shopify-Event-Id";

    /// <summary>Names the merchant's or buyer's action behind a delivery; deliveries of one action share it, whatever their topic.</summary>
    public static string Action(WebhookDelivery delivery) =>
        Optional(delivery, EventId) ?? Optional(delivery, TriggeredAt) ?? delivery.Header(WebhookId);

    /// <summary>Points at an object, with its page in the shop's admin where it has one.</summary>
    public static SourceReference Source(WebhookDelivery delivery, string objectType, string objectId, string? adminPage = null) => new()
    {
        ObjectType = objectType,
        ObjectId = objectId,
        Url = adminPage is not null && Optional(delivery, ShopDomain) is { } shop && IsShop(shop) ? $"https://{shop}/admin/{adminPage}" : null,
    };

    public static string? Optional(WebhookDelivery delivery, string name) => PayloadText.Clean(delivery.Headers.GetValueOrDefault(name));

    // The header is not signed: nothing but a shop's own domain may become part of a link.
    private static bool IsShop(string domain) =>
        domain.EndsWith(".myshopify.com", StringComparison.Ordinal) && domain.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.');
}
