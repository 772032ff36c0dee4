using System.Security.Cryptography;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>A WooCommerce shop: customers, orders, payments, refunds, coupons used, and the subscriptions of its extension.</summary>
/// <remarks>
/// WooCommerce: base64 HMAC-SHA256 of the raw body with the webhook's own secret; header <c>X-WC-Webhook-Signature</c>. Neither a time nor any other header is signed.
/// See https://github.com/woocommerce/woocommerce, plugins/woocommerce/includes/class-wc-webhook.php, read 2026-11-20.
/// </remarks>
[Connector("woocommerce", "WooCommerce", ConnectorCategory.Ecommerce)]
public sealed class WooCommerceConnector(WooCommerceSettings settings) : IWebhookSource, IHydrate, IBackfill
{
    internal const string SignatureHeader = "X-WC-Webhook-Signature";
    internal const string TopicHeader = "X-WC-Webhook-Topic";
    internal const string SiteHeader = "X-WC-Webhook-Source";
    internal const string DeliveryHeader = "X-WC-Webhook-Delivery-ID";

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } =
        new HmacAuthentication(settings.WebhookSecret) { Header = SignatureHeader, Encoding = SignatureEncoding.Base64 };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = CreateTopics(new WooCommercePeople(settings.DefaultCountry, new WooCommerceMeta(settings.Meta)));

    /// <inheritdoc/>
    public IReadOnlyList<string> KeptHeaders { get; } = [TopicHeader];

    /// <summary>The topic; the custom ones that name a hook of PHP are one.</summary>
    public string Topic(WebhookDelivery delivery)
    {
        var topic = delivery.Header(TopicHeader);
        return topic.StartsWith("action.", StringComparison.Ordinal) ? WooCommerceActions.Topic : topic;
    }

    /// <summary>WooCommerce hashes its webhook and the second, so two objects can share a delivery id; and <c>{"id":25}</c> can be a customer or an order.</summary>
    public string? DeliveryId(WebhookRequest request) =>
        $"{request.Header(TopicHeader)} {request.Header(DeliveryHeader)} {Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))}";

    /// <summary>The id is not signed, and neither is the topic. The objects tell when they were changed; a deletion tells its id alone, and an order can be restored and deleted again.</summary>
    public string? ReplayName(WebhookRequest request) => JsonPeek.Text(request.Body.Span, "date_modified_gmt") is null ? null : request.Header(TopicHeader);

    /// <summary>When a webhook is activated a ping comes without a signature, and only status 200 will do.</summary>
    public Verification Verify(WebhookRequest request)
    {
        if (request.Header(SignatureHeader) is null && Handshakes.AnswerFormPing(request, "webhook_id") is { } ping) return ping;
        var verification = Authentication.Verify(request);
        if (verification is not Verification.Accepted || settings.SiteUrl is not { } own) return verification;
        return Uri.TryCreate(request.Header(SiteHeader), UriKind.Absolute, out var site) && IsSame(site, own)
            ? verification
            : Verification.Reject("the delivery is for another site");
    }

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [WooCommerceHistory.Customers, WooCommerceHistory.Orders];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken)
    {
        var (type, id) = reference;
        var shop = api.As<IWooCommerceApi>();
        return [new VendorObject(type, id, type == "order" ? await shop.OrderAsync(id, cancellationToken) : await shop.CustomerAsync(id, cancellationToken))];
    }

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        WooCommerceHistory.ReadAsync(request, api.As<IWooCommerceApi>(), cancellationToken);

    /// <summary>An object has the shape of a webhook's body.</summary>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => Topics.Normalize($"{what.ObjectType}.updated", delivery);

    // The scheme may differ: sites move to https.
    private static bool IsSame(Uri site, Uri own) =>
        site.Host == own.Host && site.AbsolutePath.TrimEnd('/') == own.AbsolutePath.TrimEnd('/') && (site.IsDefaultPort ? own.IsDefaultPort : site.Port == own.Port);

    private static TopicTable CreateTopics(WooCommercePeople people)
    {
        var (customers, orders, subscriptions) = (new WooCommerceCustomers(people), new WooCommerceOrders(people), new WooCommerceSubscriptions(people));
        return new TopicTable
        {
            { "customer.created", WooCommerceErrors.Or(customers.Observed) },
            { "customer.updated", WooCommerceErrors.Or(customers.Observed) },
            { "customer.deleted", WooCommerceCustomers.Deleted },
            { "order.created", WooCommerceErrors.Or(orders.Seen) },
            { "order.updated", WooCommerceErrors.Or(orders.Seen) },
            { "order.restored", WooCommerceErrors.Or(orders.Seen) },
            { "order.deleted", WooCommerceOrders.Deleted },
            { "subscription.created", WooCommerceErrors.Or(subscriptions.Seen) },
            { "subscription.updated", WooCommerceErrors.Or(subscriptions.Seen) },
            { "subscription.switched", WooCommerceErrors.Or(subscriptions.Seen) },
            { "subscription.deleted", WooCommerceSubscriptions.Deleted },
            { WooCommerceActions.Topic, WooCommerceActions.Fired },
            { "coupon.created", "a coupon is no person; the order tells who used it" },
            { "coupon.updated", "a coupon is no person; the order tells who used it" },
            { "coupon.deleted", "a coupon is no person; the order tells who used it" },
            { "coupon.restored", "a coupon is no person; the order tells who used it" },
            { "product.created", "the catalogue is not kept" },
            { "product.updated", "the catalogue is not kept" },
            { "product.deleted", "the catalogue is not kept" },
            { "product.restored", "the catalogue is not kept" },
        };
    }
}
