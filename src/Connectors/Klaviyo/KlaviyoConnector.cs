namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>
/// Klaviyo: letters, text messages and every metric of a profile. Up to 1,000 events a request, no delivery id. Hex HMAC-SHA256 of the raw body directly followed
/// by the text of <c>Klaviyo-Timestamp</c>, in <c>Klaviyo-Signature</c>. See https://developers.klaviyo.com/en/docs/working_with_system_webhooks, read 2026-11-20.
/// </summary>
[Connector("klaviyo", "Klaviyo", ConnectorCategory.Email)]
public sealed class KlaviyoConnector(KlaviyoSettings settings) : IWebhookSource
{
    private const string WebhookId = "Klaviyo-Webhook-Id";

    private static readonly Verification OtherWebhook = Verification.Reject($"header {WebhookId} is not the id that the body tells");

    /// <summary>Klaviyo retries for 48 hours and does not say whether a retry is signed anew; what comes twice changes nothing.</summary>
    public WebhookAuthentication Authentication { get; } = new HmacAuthentication(settings.WebhookSecret)
    {
        Header = "Klaviyo-Signature",
        Content = SignedContent.Of("{body}{date:Klaviyo-Timestamp}"),
        Tolerance = TimeSpan.FromHours(49),
    };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = KlaviyoTopics.Table(settings);

    /// <summary>Klaviyo wants a webhook refused whose id in the header, which is not signed, differs from the one in the body, which is.</summary>
    public Verification Verify(WebhookRequest request)
    {
        if (Handshakes.AnswerProbe(request) is { } answer) return answer;
        var verification = Authentication.Verify(request);
        if (verification is not Verification.Accepted) return verification;
        return request.Header(WebhookId)?.Trim() is { } id && id == JsonPeek.Text(request.Body.Span, "meta", "klaviyo_webhook_id") ? verification : OtherWebhook;
    }

    /// <summary>The topic of the first event: a delivery mixes them.</summary>
    public string Topic(WebhookDelivery delivery) =>
        delivery.Json["data"].Items().Select(KlaviyoEvent.TopicOf).FirstOrDefault() ?? throw delivery.Json["data"].Missing();

    /// <summary>Klaviyo has no delivery id; events have ids.</summary>
    public string? DeliveryId(WebhookRequest request) => null;

    /// <inheritdoc/>
    public Normalization Normalize(WebhookDelivery delivery) => Normalization.Batch(delivery.Json["data"].Items(), item => Read(delivery.Of(item)));

    private Normalization Read(WebhookDelivery item)
    {
        var topic = KlaviyoEvent.TopicOf(item.Json);
        if (IsListed(topic) || KlaviyoShops.SameAt(topic) is not { } same || !IsListed(same)) return Topics.Normalize(topic, item);
        var read = Topics.Normalize(same, item);
        return read is Normalization.Ignored ignored ? ignored with { Topic = topic } : read;
    }

    private bool IsListed(string topic) => Topics.Understood.Contains(topic) || Topics.Ignored.ContainsKey(topic);
}
