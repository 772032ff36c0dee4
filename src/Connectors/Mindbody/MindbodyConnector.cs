namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Mindbody: clients of studios, appointments, classes, memberships, contracts and sales.</summary>
/// <remarks>
/// Base64 HMAC-SHA256 of the raw body in <c>X-Mindbody-Signature: sha256=…</c>; the key is the text of <c>messageSignatureKey</c>, and no time is signed.
/// The address is probed by HEAD. See https://developers.mindbodyonline.com/WebhooksDocumentation, read 2026-11-22.
/// </remarks>
[Connector("mindbody", "Mindbody", ConnectorCategory.Scheduling)]
public sealed class MindbodyConnector(MindbodySettings settings) : IWebhookSource, IHydrate, IBackfill
{
    private readonly MindbodyObjects objects = new(settings);

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } =
        new HmacAuthentication(settings.WebhookSecret) { Header = "X-Mindbody-Signature", Prefix = "sha256=", Encoding = SignatureEncoding.Base64 };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = MindbodyTopics.Of(settings);

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = settings.ApiKey is null ? [] : MindbodyHistory.Streams;

    /// <summary>The topic, which Mindbody calls the event's id.</summary>
    public string Topic(WebhookDelivery delivery) => delivery.Json["eventId"].RequiredText();

    /// <inheritdoc/>
    public string? DeliveryId(WebhookRequest request) => JsonPeek.Text(request.Body.Span, "messageId");

    /// <summary>Before a subscription is made active, its address is asked for by HEAD.</summary>
    public Verification Verify(WebhookRequest request) => Handshakes.AnswerProbe(request) ?? Authentication.Verify(request);

    /// <inheritdoc/>
    public Normalization Normalize(WebhookDelivery delivery)
    {
        var topic = Topic(delivery);
        return settings.SiteId is null || delivery.Json["eventData"]["siteId"].Id() == settings.SiteId
            ? Topics.Normalize(topic, delivery)
            : new Normalization.Ignored(topic, "the webhook is of another site than the connection's siteId");
    }

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => objects.Read(what, delivery);

    /// <inheritdoc/>
    public Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken) =>
        objects.FetchAsync(reference, api.As<IMindbodyApi>(), cancellationToken);

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        new MindbodyHistory(settings, api.As<IMindbodyApi>()).ReadAsync(request, cancellationToken);
}
