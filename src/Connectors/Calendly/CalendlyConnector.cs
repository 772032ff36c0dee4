namespace IntegrationHub.Connectors.Calendly;

/// <summary>
/// Calendly: hex HMAC-SHA256 of <c>{t}.{raw body}</c> in <c>Calendly-Webhook-Signature: t=…,v1=…</c>; one event a request, the topic in the body,
/// the whole object in the payload. See developer.calendly.com, webhook-signatures, read 2026-11-20.
/// </summary>
[Connector("calendly", "Calendly", ConnectorCategory.Scheduling)]
public sealed class CalendlyConnector(CalendlySettings settings) : IWebhookSource
{
    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new HmacAuthentication(settings.WebhookSecret)
    {
        Header = "Calendly-Webhook-Signature",
        Layout = SignatureLayout.Timestamped,
    };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = Read(settings);

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) => delivery.Json["event"].RequiredText();

    /// <summary>Calendly has no delivery id; a retry carries the same body under a fresh signature.</summary>
    public string? DeliveryId(WebhookRequest request) => null;

    private static TopicTable Read(CalendlySettings settings)
    {
        var answers = new CalendlyAnswers(settings.Questions);
        var invitees = new CalendlyInvitees(answers, settings.Payments);
        return new TopicTable
        {
            { "invitee.created", invitees.Created },
            { "invitee.canceled", invitees.Canceled },
            { "invitee_no_show.created", invitees.NoShowSet },
            { "invitee_no_show.deleted", invitees.NoShowWithdrawn },
            { "routing_form_submission.created", new CalendlyRoutingForms(answers).Submitted },
            { "contact.created", CalendlyContacts.Observed },
            { "contact.updated", CalendlyContacts.Observed },
            { "contact.deleted", CalendlyContacts.Deleted },
            { "meeting_recap.created", CalendlyRecaps.Written },
            { "meeting_recap.updated", CalendlyRecaps.Written },
            { "meeting_recap.deleted", "a recap was deleted at Calendly: the body holds its address alone" },
            { "event_type.created", "a page to book from, not a person" },
            { "event_type.updated", "a page to book from, not a person" },
            { "event_type.deleted", "a page to book from, not a person" },
        };
    }
}
