namespace IntegrationHub.Connectors.Calendly;

/// <summary>
/// Calendly: hex HMAC-SHA256 of <c>{t}.{raw body}</c> in <c>Calendly-Webhook-Signature: t=…,v1=…</c>; one event a request, the topic in the body,
/// the whole object in the payload. See developer.calendly.com, webhook-signatures, read 2026-11-20.
/// </summary>
[Connector("calendly", "Calendly", ConnectorCategory.Scheduling)]
public sealed class CalendlyConnector(CalendlySettings settings) : IWebhookSource, IBackfill
{
    private readonly CalendlyInvitees invitees = new(new CalendlyAnswers(settings.Questions), settings.Payments);
    private readonly CalendlyRoutingForms routingForms = new(new CalendlyAnswers(settings.Questions));

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new HmacAuthentication(settings.WebhookSecret)
    {
        Header = "Calendly-Webhook-Signature",
        Layout = SignatureLayout.Timestamped,
    };

    /// <inheritdoc/>
    public TopicTable Topics => field ??= CreateTopics();

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [.. CalendlyHistory.Streams.Where(stream => settings.History.Contains(stream, StringComparer.Ordinal))];

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) => delivery.Json["event"].RequiredText();

    /// <summary>Calendly has no delivery id; a retry carries the same body under a fresh signature.</summary>
    public string? DeliveryId(WebhookRequest request) => null;

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        new CalendlyHistory(settings, api.As<ICalendlyApi>()).ReadAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => what.ObjectType switch
    {
        "invitee" => invitees.Seen(delivery.Json),
        "contact" => CalendlyContacts.Observed(delivery.Json, delivery.Json["updated_at"]),
        _ => routingForms.Submitted(delivery.Json),
    };

    private TopicTable CreateTopics() => new()
    {
        { "invitee.created", invitees.Created },
        { "invitee.canceled", invitees.Canceled },
        { "invitee_no_show.created", invitees.NoShowSet },
        { "invitee_no_show.deleted", invitees.NoShowWithdrawn },
        { "routing_form_submission.created", delivery => routingForms.Submitted(delivery.Json["payload"]) },
        { "contact.created", Contact },
        { "contact.updated", Contact },
        { "contact.deleted", CalendlyContacts.Deleted },
        { "meeting_recap.created", CalendlyRecaps.Written },
        { "meeting_recap.updated", CalendlyRecaps.Written },
        { "meeting_recap.deleted", "a recap was deleted at Calendly: the body holds its address alone" },
        { "event_type.created", "a page to book from, not a person" },
        { "event_type.updated", "a page to book from, not a person" },
        { "event_type.deleted", "a page to book from, not a person" },
    };

    private static Normalization Contact(WebhookDelivery delivery) => CalendlyContacts.Observed(delivery.Json["payload"], delivery.Json["created_at"]);
}
