namespace IntegrationHub.Connectors.Shopify;

/// <summary>A Shopify shop: customers, orders, refunds, checkouts, consent and privacy requests; their history over the GraphQL Admin API.</summary>
/// <remarks>
/// Shopify: base64 HMAC-SHA256 of the raw body with the client secret; header <c>X-Shopify-Hmac-Sha256</c>. Neither a time nor any other header is signed.
/// See https://shopify.dev/docs/apps/build/webhooks/verify-deliveries, read 2026-11-20.
/// </remarks>
[Connector("shopify", "Shopify", ConnectorCategory.Ecommerce)]
public sealed class ShopifyConnector(ShopifySettings settings) : IWebhookSource, IBackfill
{
    private readonly ShopifyObjects objects = new(new ShopifyOrders(settings.TestOrders), new ShopifyPayments(settings.TestOrders), settings.ShopDomain);

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } =
        new HmacAuthentication(settings.WebhookSecret) { Header = "X-Shopify-Hmac-Sha256", Encoding = SignatureEncoding.Base64 };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = CreateTopics(new ShopifyOrders(settings.TestOrders), new ShopifyPayments(settings.TestOrders), new ShopifyPrivacy(settings.ShopDomain));

    /// <inheritdoc/>
    public IReadOnlyList<string> KeptHeaders { get; } =
        [ShopifyHeaders.Topic, ShopifyHeaders.ShopDomain, ShopifyHeaders.TriggeredAt, ShopifyHeaders.WebhookId, ShopifyHeaders.EventId];

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [.. ShopifyQueries.Streams.Select(stream => stream.Name)];

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) => delivery.Header(ShopifyHeaders.Topic);

    /// <inheritdoc/>
    public string? DeliveryId(WebhookRequest request) => request.Header(ShopifyHeaders.WebhookId);

    /// <summary>The id is not signed, and neither is the topic. The objects tell when they were changed; a deletion tells its id alone.</summary>
    public string? ReplayName(WebhookRequest request) => JsonPeek.Text(request.Body.Span, "updated_at") is null ? null : request.Header(ShopifyHeaders.Topic);

    /// <inheritdoc/>
    public Verification Verify(WebhookRequest request)
    {
        var verification = Authentication.Verify(request);
        if (verification is not Verification.Accepted || settings.ShopDomain is not { } own) return verification;
        return string.Equals(request.Header(ShopifyHeaders.ShopDomain), own, StringComparison.OrdinalIgnoreCase)
            ? verification
            : Verification.Reject("the delivery is for another shop");
    }

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        ShopifyHistory.ReadAsync(request, api.As<IShopifyApi>(), cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => objects.Read(what, delivery);

    private static TopicTable CreateTopics(ShopifyOrders orders, ShopifyPayments payments, ShopifyPrivacy privacy) => new()
    {
        { "customers/create", ShopifyCustomers.Observed },
        { "customers/update", ShopifyCustomers.Observed },
        { "customers/enable", ShopifyCustomers.Observed },
        { "customers/disable", ShopifyCustomers.Observed },
        { "customers/delete", ShopifyCustomers.Deleted },
        { "customers/merge", ShopifyCustomers.Merged },
        { "customer.tags_added", ShopifyCustomers.TagsAdded },
        { "customer.tags_removed", ShopifyCustomers.TagsRemoved },
        { "customers/purchasing_summary", ShopifyCustomers.Summarized },
        { "customers_email_marketing_consent/update", ShopifyConsent.Email },
        { "customers_marketing_consent/update", ShopifyConsent.Sms },
        { "checkouts/create", ShopifyCheckouts.Seen },
        { "checkouts/update", ShopifyCheckouts.Seen },
        { "orders/create", orders.Created },
        { "orders/paid", orders.Paid },
        { "orders/updated", orders.Updated },
        { "orders/edited", orders.Edited },
        { "orders/cancelled", orders.Cancelled },
        { "refunds/create", ShopifyRefunds.Created },
        { "order_transactions/create", payments.Tried },
        { "draft_orders/create", ShopifyDraftOrders.Seen },
        { "draft_orders/update", ShopifyDraftOrders.Seen },
        { "subscription_contracts/create", ShopifySubscriptions.Started },
        { "subscription_contracts/update", ShopifySubscriptions.Changed },
        { "subscription_contracts/pause", ShopifySubscriptions.Changed },
        { "subscription_contracts/activate", ShopifySubscriptions.Changed },
        { "subscription_contracts/cancel", ShopifySubscriptions.Ended },
        { "subscription_contracts/expire", ShopifySubscriptions.Ended },
        { "subscription_contracts/fail", ShopifySubscriptions.Ended },
        { "subscription_billing_attempts/success", ShopifyPayments.RenewalSucceeded },
        { "subscription_billing_attempts/failure", ShopifyPayments.RenewalFailed },
        { "customers/data_request", privacy.DataRequested },
        { "customers/redact", privacy.CustomerRedacted },
        { "shop/redact", privacy.ShopRedacted },
        { "app/uninstalled", "the app was removed from the shop: nothing more comes until it is installed again, and shop/redact follows after 48 hours" },
        { "carts/create", "a cart names nobody; its checkout or order tells the same with the person" },
        { "carts/update", "a cart names nobody; its checkout or order tells the same with the person" },
        { "checkouts/delete", "an expired checkout is no decision of the person" },
        { "customers_whats_app_marketing_consent/update", "the hub keeps no consent for WhatsApp" },
        { "orders/fulfilled", "orders/updated tells the same order" },
        { "orders/partially_fulfilled", "orders/updated tells the same order" },
        { "subscription_billing_attempts/challenged", "the bank asks the buyer first; success or failure follows" },
    };
}
