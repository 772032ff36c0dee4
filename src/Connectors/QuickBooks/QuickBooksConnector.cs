namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>A QuickBooks Online company: customers, invoices, payments, sales receipts, refunds, credits and estimates. Webhooks name the entity; the API tells it.</summary>
/// <remarks>
/// QuickBooks: base64 HMAC-SHA256 of the raw body with the app's verifier token; header <c>intuit-signature</c>, no time.
/// See https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks, read 2026-11-22.
/// </remarks>
[Connector("quickbooks", "QuickBooks Online", ConnectorCategory.Accounting)]
public sealed class QuickBooksConnector(QuickBooksSettings settings) : IWebhookSource, IHydrate, IBackfill
{
    private readonly QuickBooksReader reader = new(settings);

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new HmacAuthentication(settings.WebhookSecret) { Header = "intuit-signature", Encoding = SignatureEncoding.Base64 };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = QuickBooksTopics.Table(settings.Sales);

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [.. QuickBooksEntities.OfStreams.Keys];

    /// <summary>The topic of the first event: a delivery mixes them, and companies too.</summary>
    public string Topic(WebhookDelivery delivery)
    {
        foreach (var (_, item) in QuickBooksEvent.In(delivery.Json)) return QuickBooksTopics.Of(item);
        throw new PayloadException("$", "is an empty batch");
    }

    /// <summary>Only events have ids, and those of the older generation not even that.</summary>
    public string? DeliveryId(WebhookRequest request) => null;

    /// <inheritdoc/>
    public Normalization Normalize(WebhookDelivery delivery) => Normalization.Batch(QuickBooksEvent.In(delivery.Json).Select(told => Read(told.Company, delivery.Of(told.Item))));

    /// <inheritdoc/>
    public Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken) =>
        QuickBooksObjects.FetchAsync(reference, api.As<IQuickBooksApi>(), cancellationToken);

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        QuickBooksHistory.ReadAsync(request, api.As<IQuickBooksApi>(), cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => reader.Read(what, delivery.Json);

    private Normalization Read(string company, WebhookDelivery item)
    {
        var topic = QuickBooksTopics.Of(item.Json);
        return company == settings.RealmId ? Topics.Normalize(topic, item) : new Normalization.Ignored(topic, "the event is of another company than the connection's realmId");
    }
}
