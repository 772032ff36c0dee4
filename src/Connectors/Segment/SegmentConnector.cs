namespace IntegrationHub.Connectors.Segment;

/// <summary>
/// The hub as the collector of tracking calls: the HTTP API that analytics.js, the server libraries and many plugins speak, and what Segment's Webhooks destination
/// forwards. See https://segment.com/docs/connections/spec, read 2026-11-20.
/// </summary>
[Connector("segment", "Website (Segment tracking)", ConnectorCategory.Website)]
public sealed class SegmentConnector : IRoutedSource
{
    private static readonly Verification NotServed = Verification.Reject("the path is none of the tracking calls");
    private static readonly WebhookReply Success = new() { ContentType = "application/json", Body = "{\"success\":true}"u8.ToArray() };

    private readonly SegmentEventNames names;
    private readonly SegmentTopics topics;
    private readonly SegmentCors cors;
    private readonly SegmentAuthentication authentication;
    private readonly int browserRate;

    /// <summary>Creates the connector for one website or app.</summary>
    public SegmentConnector(SegmentSettings settings)
    {
        names = new SegmentEventNames(settings.EventNames);
        topics = new SegmentTopics(settings);
        cors = new SegmentCors(settings.AllowedOrigins);
        authentication = new SegmentAuthentication(settings, names, cors);
        browserRate = settings.BrowserRequestsPerMinute;
    }

    /// <inheritdoc/>
    public WebhookAuthentication Authentication => authentication;

    /// <inheritdoc/>
    public TopicTable Topics => topics.Table;

    /// <summary>Libraries pack batches with gzip.</summary>
    public bool ReadsPackedBodies => true;

    /// <summary>A browser's key stands in pages: whoever copies it must not fill the inbox.</summary>
    public int? RequestsPerMinute(WebhookRequest request) => authentication.IsByBrowserKey(request) ? browserRate : null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Roots => SegmentRoutes.Roots;

    /// <inheritdoc/>
    public Verification Verify(WebhookRequest request)
    {
        if (!SegmentRoutes.IsServed(request.Path)) return NotServed;
        return request.Method is "OPTIONS" ? cors.Preflight(request) : Authentication.Verify(request);
    }

    /// <summary>What libraries expect, on the paths that they call.</summary>
    public WebhookReply? Answer(WebhookOutcome outcome, WebhookRequest request) =>
        request.Path is not null && outcome is WebhookOutcome.Accepted or WebhookOutcome.Duplicate ? Success : null;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> AnswerHeaders(WebhookRequest request) => cors.Headers(request);

    /// <summary>The topic of the first call: a batch mixes them.</summary>
    public string Topic(WebhookDelivery delivery)
    {
        var whole = SegmentBody.Read(delivery);
        return SegmentBody.Calls(whole).Select(call => names.TopicOf(call, Path(delivery))).FirstOrDefault() ?? throw whole["type"].Missing();
    }

    /// <summary>The message id of a single call; batches have none.</summary>
    public string? DeliveryId(WebhookRequest request)
    {
        if (SegmentBody.Unpack(request.Body) is not { } body) return null;
        var first = JsonPeek.FirstItem(body, out var isOnly);
        return first.IsEmpty ? JsonPeek.Text(body.Span, "messageId") : isOnly ? JsonPeek.Text(first.Span, "messageId") : null;
    }

    /// <summary>Each call for itself: one that can't be told does not hold the others up.</summary>
    public Normalization Normalize(WebhookDelivery delivery)
    {
        var whole = SegmentBody.Read(delivery);
        return Normalization.Batch(SegmentBody.Calls(whole).Select(call => Read(delivery, call, whole)));
    }

    private Normalization Read(WebhookDelivery delivery, Payload call, Payload whole)
    {
        if (names.TopicOf(call, Path(delivery)) is { } topic) return topics.Read(new SegmentCall(delivery, call, whole, topic));
        return ReferenceEquals(call, whole) ? throw whole["type"].Missing() : new Normalization.Ignored("(none)", "an element of a batch that tells no type");
    }

    private static string? Path(WebhookDelivery delivery) => delivery.Headers.GetValueOrDefault(WebhookDelivery.PathHeader);
}
