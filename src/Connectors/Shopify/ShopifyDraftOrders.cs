using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Draft orders: offers that somebody of the shop wrote for a customer.</summary>
internal static class ShopifyDraftOrders
{
    public static Normalization Seen(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        var id = ShopifyIds.Self(body);
        var changed = Moment.Of(delivery, body["updated_at"], body["created_at"]);
        var stage = body["status"].Text()?.ToLowerInvariant();
        return Normalization.Of($"draft_orders/{id}/state/{changed}", new DealChanged
        {
            OccurredAt = changed.At,
            TimeBasis = changed.Basis,
            Person = ShopifyPeople.OfBuyer(body, body["checkout_token"].Text()),
            Source = ShopifyHeaders.Source(delivery, "draft_order", id, $"draft_orders/{id}"),
            DealId = id,
            Title = body["name"].Text(),
            Value = ShopifyGoods.Total(body),
            Stage = stage,
            Status = stage switch
            {
                "completed" => DealStatus.Won,
                "open" or "invoice_sent" => DealStatus.Open,
                _ => null,
            },
        });
    }
}
