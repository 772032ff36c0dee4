using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Topics of orders. A body is built when it is sent and not when the topic fired, so that the facts follow from the body alone.</summary>
internal sealed class WooCommerceOrders(WooCommercePeople people)
{
    public Normalization Seen(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        if (body["status"].RequiredText() is "checkout-draft" or "auto-draft" or "draft" or "new")
            return new Normalization.Ignored(delivery.Object?.ObjectType ?? delivery.Header(WooCommerceConnector.TopicHeader), "a checkout that is not sent yet; it may never become an order");
        var order = new WooCommerceOrder(body, people);
        return Normalization.Of([.. order.Facts()]);
    }

    /// <summary>The order was moved to the trash. Nothing but the id is told, not even when.</summary>
    public static Normalization Deleted(WebhookDelivery delivery)
    {
        var id = delivery.Json["id"].RequiredId();
        return Normalization.Of(WooCommerceOrder.TrashKey(id), new OrderCancelled
        {
            OccurredAt = delivery.ReceivedAt,
            TimeBasis = TimeBasis.Arrival,
            Person = new Person(),
            Source = WooCommerceSource.Of("order", id),
            OrderId = id,
            Reason = WooCommerceOrder.Trashed,
        });
    }
}
