namespace IntegrationHub.Connectors.Shopify;

/// <summary>Topics that carry a whole order.</summary>
internal sealed class ShopifyOrders(TestOrders testOrders)
{
    public Normalization Created(WebhookDelivery delivery) => Read(delivery, order =>
        [order.Placed(), .. order.IsOrWasPaid ? [order.Paid()] : Array.Empty<Fact>(), .. order.PromosUsed(), .. order.Notes()]);

    public Normalization Paid(WebhookDelivery delivery) => Read(delivery, order => [order.Paid(), order.State()]);

    public Normalization Updated(WebhookDelivery delivery) => Read(delivery, order => [order.State()]);

    public Normalization Cancelled(WebhookDelivery delivery) => Read(delivery, order => [order.Cancelled(), order.State()]);

    /// <summary>An order as the API holds it: all that its webhooks would have told, with its refunds and failed payments.</summary>
    public Normalization Held(WebhookDelivery delivery, ShopifyPayments payments)
    {
        var order = Read(delivery, order =>
            [order.WasPlaced(), order.State(), .. order.IsOrWasPaid ? [order.Paid()] : Array.Empty<Fact>(), .. order.IsCancelled ? [order.Cancelled()] : Array.Empty<Fact>(), .. order.PromosUsed(), .. order.Notes()]);
        if (order is Normalization.Ignored) return order;
        return Normalization.Batch(
        [
            () => order,
            .. delivery.Json["refunds"].Items().Select(refund => (Func<Normalization>)(() => ShopifyRefunds.Created(delivery.Of(refund)))),
            .. delivery.Json["transactions"].Items().Select(attempt => (Func<Normalization>)(() => payments.Tried(delivery.Of(attempt)))),
        ], read => read());
    }

    /// <summary>Shopify sends the difference alone (<c>order_edit</c>); a whole order is read too.</summary>
    public Normalization Edited(WebhookDelivery delivery) => delivery.Json["order_edit"].IsObject
        ? new Normalization.Ignored("orders/edited", "only the difference is told; orders/updated brings the order as it is now")
        : Updated(delivery);

    private Normalization Read(WebhookDelivery delivery, Func<ShopifyOrder, IReadOnlyList<Fact>> tell) =>
        testOrders is TestOrders.Ignore && delivery.Json["test"].Flag() is true
            ? new Normalization.Ignored(delivery.Header(ShopifyHeaders.Topic), "it was made in test mode, and the settings say to ignore that")
            : Normalization.Of(tell(new ShopifyOrder(delivery)));
}
