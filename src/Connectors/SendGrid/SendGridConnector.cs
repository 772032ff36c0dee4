namespace IntegrationHub.Connectors.SendGrid;

/// <summary>
/// Twilio SendGrid: what became of messages. A list of events a request, no delivery id. ECDSA over the timestamp directly followed by the raw body, its last
/// CR LF included; base64 in <c>X-Twilio-Email-Event-Webhook-Signature</c>, the public key shown for each webhook.
/// See https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features, read 2026-11-20.
/// </summary>
[Connector("sendgrid", "SendGrid", ConnectorCategory.Email)]
public sealed class SendGridConnector(SendGridSettings settings) : IWebhookSource, IBackfill
{
    private readonly SendGridLists lists = new(settings.UnsubscribeGroups);

    /// <summary>SendGrid retries for 24 hours and does not say whether a retry is signed anew; what comes twice changes nothing.</summary>
    public WebhookAuthentication Authentication { get; } = new EcdsaAuthentication(settings.WebhookSecret)
    {
        Header = "X-Twilio-Email-Event-Webhook-Signature",
        TimeHeader = "X-Twilio-Email-Event-Webhook-Timestamp",
        Tolerance = TimeSpan.FromHours(25),
    };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = Table(new SendGridRecipients(settings.CustomArguments), settings.UnsubscribeGroups);

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams => SendGridLists.Streams;

    /// <summary>The first topic: a delivery mixes them.</summary>
    public string Topic(WebhookDelivery delivery) =>
        delivery.Json.Items().Select(SendGridEvent.TopicOf).OfType<string>().FirstOrDefault() ?? throw new PayloadException("$[*].event", "is missing");

    /// <summary>SendGrid has no delivery id; events have ids.</summary>
    public string? DeliveryId(WebhookRequest request) => null;

    /// <summary>Each event for itself: one that is unknown, or no event at all, does not hold the others up.</summary>
    public Normalization Normalize(WebhookDelivery delivery) => Normalization.Batch(delivery.Json.Items(), item => Read(delivery.Of(item)));

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        SendGridLists.ReadAsync(request, api.As<ISendGridApi>(), cancellationToken);

    /// <summary>An entry of a list.</summary>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => lists.Read(what.ObjectType, delivery.Json);

    private Normalization Read(WebhookDelivery item)
    {
        if (SendGridEvent.TopicOf(item.Json) is not { } topic) return new Normalization.Ignored("(none)", "an element that names no event, as SendGrid's test was seen to send");
        return SendGridEvent.IsExample(item.Json) ? new Normalization.Ignored(topic, "one of SendGrid's example events, sent by its test; it is about nobody") : Topics.Normalize(topic, item);
    }

    private static TopicTable Table(SendGridRecipients recipients, IReadOnlyDictionary<string, string> groups)
    {
        Func<WebhookDelivery, Normalization> Read(Func<SendGridEvent, Normalization> reader) => item => reader(new SendGridEvent(item.Json, recipients, groups));
        return new TopicTable
        {
            { "delivered", Read(SendGridEmails.Delivered) },
            { "open", Read(SendGridEmails.Opened) },
            { "click", Read(SendGridEmails.Clicked) },
            { "bounce", Read(SendGridSuppressions.Bounced) },
            { "dropped", Read(SendGridSuppressions.Dropped) },
            { "spamreport", Read(SendGridSuppressions.Complained) },
            { "unsubscribe", Read(SendGridSuppressions.LeftAll) },
            { "group_unsubscribe", Read(SendGridSuppressions.LeftGroup) },
            { "group_resubscribe", Read(SendGridSuppressions.CameBack) },
            { "processed", "SendGrid took the message; whether it arrives, delivered and bounce tell" },
            { "deferred", "the recipient's server asked to wait; delivered or bounce follows" },
            { "account_status_change", "about your account at SendGrid, for example a suspension; it names no recipient" },
        };
    }
}
