namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>A BigCommerce store: customers, newsletter, orders, payments, refunds, coupons used, messages and carts left behind. Webhooks name the object; the API tells it.</summary>
/// <remarks>
/// BigCommerce: Standard Webhooks (<c>webhook-id</c>, <c>webhook-timestamp</c>, <c>webhook-signature</c>), the key is the text of the app's client secret.
/// See https://github.com/bigcommerce/docs, docs/integrations/webhooks/https-webhook-overview.mdx, read 2026-11-22.
/// </remarks>
[Connector("bigcommerce", "BigCommerce", ConnectorCategory.Ecommerce)]
public sealed class BigCommerceConnector(BigCommerceSettings settings) : IWebhookSource, IHydrate, IBackfill
{
    private readonly BigCommerceReader reader = new(new BigCommercePeople(settings.DefaultCountry, new BigCommerceFields(settings.Fields)));

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new StandardWebhooksAuthentication(settings.WebhookSecret, StandardWebhooksSecret.Text);

    /// <inheritdoc/>
    public TopicTable Topics { get; } = CreateTopics();

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [BigCommerceHistory.Customers, BigCommerceHistory.Subscribers, BigCommerceHistory.Orders];

    /// <summary>The scope; that of a channel's own webhook, <c>store/channel/1/order/created</c>, without the channel.</summary>
    public string Topic(WebhookDelivery delivery)
    {
        var scope = delivery.Json["scope"].RequiredText();
        var parts = scope.Split('/');
        return parts is ["store", "channel", var channel, _, ..] && channel.All(char.IsAsciiDigit) ? $"store/{string.Join('/', parts[3..])}" : scope;
    }

    /// <inheritdoc/>
    public string? DeliveryId(WebhookRequest request) => request.Header("webhook-id");

    /// <summary>All stores of an app share its secret: what another store tells is none of this connection's business.</summary>
    public Normalization Normalize(WebhookDelivery delivery)
    {
        var topic = Topic(delivery);
        return delivery.Json["producer"].RequiredText() == $"stores/{settings.StoreHash}"
            ? Topics.Normalize(topic, delivery)
            : new Normalization.Ignored(topic, "the webhook is of another store than the connection's storeHash");
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken) =>
        BigCommerceObjects.FetchAsync(reference, api.As<IBigCommerceApi>(), cancellationToken);

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        BigCommerceHistory.ReadAsync(request, api.As<IBigCommerceApi>(), cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => reader.Read(what, delivery.Json);

    private static TopicTable CreateTopics() => new()
    {
        { "store/customer/created", BigCommerceHooks.Customer },
        { "store/customer/updated", BigCommerceHooks.Customer },
        { "store/customer/deleted", BigCommerceHooks.CustomerDeleted },
        { "store/customer/address/created", BigCommerceHooks.Address },
        { "store/customer/address/updated", BigCommerceHooks.Address },
        { "store/subscriber/created", BigCommerceHooks.Subscriber },
        { "store/subscriber/updated", BigCommerceHooks.Subscriber },
        { "store/subscriber/deleted", BigCommerceHooks.SubscriberDeleted },
        { "store/order/created", BigCommerceHooks.Order },
        { "store/order/updated", BigCommerceHooks.Order },
        { "store/order/statusUpdated", BigCommerceHooks.Order },
        { "store/order/archived", BigCommerceHooks.Order },
        { "store/order/refund/created", BigCommerceHooks.Refund },
        { "store/order/transaction/created", BigCommerceHooks.Transaction },
        { "store/order/transaction/updated", BigCommerceHooks.Transaction },
        { "store/order/message/created", BigCommerceHooks.Message },
        { "store/cart/abandoned", BigCommerceHooks.Cart },
        { "store/customer/address/deleted", "an address that is not used any more says nothing new of the person" },
        { "store/customer/payment/instrument/default/updated", "how somebody pays is not kept" },
        { "store/customer/channel/login/access/updated", "which storefronts somebody may use is not kept" },
        { "store/cart/created", "a cart in use; store/cart/abandoned tells when it is left" },
        { "store/cart/updated", "a cart in use; store/cart/abandoned tells when it is left" },
        { "store/cart/deleted", "an emptied cart is no decision of the person" },
        { "store/cart/converted", "the order that the cart became tells the rest" },
        { "store/cart/couponApplied", "a coupon in a cart is not used yet; the order tells which were" },
        { "store/cart/lineItem/created", "a cart in use; store/cart/abandoned tells when it is left" },
        { "store/cart/lineItem/updated", "a cart in use; store/cart/abandoned tells when it is left" },
        { "store/cart/lineItem/deleted", "a cart in use; store/cart/abandoned tells when it is left" },
        { "store/shipment/created", "the contracts keep payment, not parcels" },
        { "store/shipment/updated", "the contracts keep payment, not parcels" },
        { "store/shipment/deleted", "the contracts keep payment, not parcels" },
        { "store/hook/deliveryException", "BigCommerce had trouble to deliver; GET /v3/hooks shows which webhooks it has switched off" },
        { "store/app/uninstalled", "the app was removed from the store: nothing more comes until it is installed again" },
    };
}
