using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>
/// Klaviyo: letters, text messages and every metric of a profile. Up to 1,000 events a request, no delivery id. Hex HMAC-SHA256 of the raw body directly followed
/// by the text of <c>Klaviyo-Timestamp</c>, in <c>Klaviyo-Signature</c>. See https://developers.klaviyo.com/en/docs/working_with_system_webhooks, read 2026-11-20.
/// </summary>
[Connector("klaviyo", "Klaviyo", ConnectorCategory.Email)]
public sealed class KlaviyoConnector(KlaviyoSettings settings) : IWebhookSource, IHydrate, IBackfill
{
    private const string WebhookId = "Klaviyo-Webhook-Id";

    private readonly KlaviyoProfiles profiles = new(settings.ExternalIdIsUserId);

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

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams => KlaviyoHistory.Streams;

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
    public Normalization Normalize(WebhookDelivery delivery) => Normalization.Batch(delivery.Json["data"].Items(), item => WithProfile(Read(delivery.Of(item))));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken)
    {
        var answer = await api.As<IKlaviyoApi>().ProfileAsync(reference.ObjectId, cancellationToken);
        return [new VendorObject(KlaviyoProfiles.ObjectType, reference.ObjectId, answer["data"])];
    }

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        new KlaviyoHistory(topic => Topics.Understood.Contains(Listed(topic), StringComparer.Ordinal)).ReadAsync(request, api.As<IKlaviyoApi>(), cancellationToken);

    /// <summary>A profile, or an event as a webhook's item has it.</summary>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) =>
        what.ObjectType == KlaviyoProfiles.ObjectType ? profiles.Seen(delivery.Json, delivery.ReceivedAt) : Read(delivery);

    // Letters tell the address. Of the rest nobody would know who it is: the profile is worth a call.
    private Normalization WithProfile(Normalization read)
    {
        if (Api is null || read is not Normalization.Events events) return read;
        var person = events.Facts[0].Event.Person;
        return person.Identifiers is [{ Kind: IdentifierKind.Customer } profile] ? events with { ToFetch = [new ObjectReference(KlaviyoProfiles.ObjectType, profile.Value)] } : read;
    }

    private Normalization Read(WebhookDelivery item)
    {
        var topic = KlaviyoEvent.TopicOf(item.Json);
        var read = Topics.Normalize(Listed(topic), item);
        return read is Normalization.Ignored ignored ? ignored with { Topic = topic } : read;
    }

    // Another shop's event is read like Shopify's.
    private string Listed(string topic) => !IsListed(topic) && KlaviyoShops.SameAt(topic) is { } same && IsListed(same) ? same : topic;

    private bool IsListed(string topic) => Topics.Understood.Contains(topic) || Topics.Ignored.ContainsKey(topic);
}
