namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>
/// Errors in place of objects: WooCommerce builds a body as the user who owns the webhook, and sends, duly signed, what its API answers to that user.
/// See class-wc-webhook.php (build_payload) and RestApiUtil::get_endpoint_data, read 2026-11-20.
/// </summary>
internal static class WooCommerceErrors
{
    /// <summary>A reader that does not see such bodies.</summary>
    public static Func<WebhookDelivery, Normalization> Or(Func<WebhookDelivery, Normalization> reader) =>
        delivery => Find(delivery) ?? reader(delivery);

    private static Normalization.Ignored? Find(WebhookDelivery delivery)
    {
        var (code, status) = (delivery.Json["code"], delivery.Json["data"]["status"]);
        if (!code.IsText || code.Text() is null || status.Integer() is not { } number || delivery.Json["id"].Exists) return null;
        var reason = number switch
        {
            401 or 403 => "the shop sent an error instead of the object: the user who owns the webhook may not see it; let an administrator own it and save it again",
            404 or 410 => "the shop sent an error instead of the object: it was gone by then",
            _ => "the shop sent an error instead of the object",
        };
        return new Normalization.Ignored(delivery.Header(WooCommerceConnector.TopicHeader), reason);
    }
}
