namespace IntegrationHub.Connectors.CalCom;

/// <summary>
/// Cal.com: hex HMAC-SHA256 of the raw body in <c>X-Cal-Signature-256</c>, no time; a webhook without a secret sends the words <c>no-secret-provided</c> there.
/// One event a request, the topic in the body, the whole booking in the payload. See cal.com/docs, automation/webhooks, read 2026-11-20.
/// </summary>
[Connector("calcom", "Cal.com", ConnectorCategory.Scheduling)]
public sealed class CalComConnector(CalComSettings settings) : IWebhookSource, IBackfill
{
    private const string Clock = "sent by the clock when a meeting begins; says nothing about who came";
    private const string Host = "the business's own calendar or set-up, not a person";

    private readonly CalComBookings bookings = new(new CalComAnswers(settings), settings);

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new HmacAuthentication(settings.WebhookSecret) { Header = "X-Cal-Signature-256" };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = Read(settings);

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [CalComHistory.Bookings];

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) => delivery.Json["triggerEvent"].RequiredText();

    /// <summary>Cal.com has no delivery id. The <c>idempotencyKey</c> of a meeting's body is the booking's.</summary>
    public string? DeliveryId(WebhookRequest request) => null;

    /// <summary>The test of the webhook page is a made-up booking without an id, whatever topic it names.</summary>
    Normalization IWebhookSource.Normalize(WebhookDelivery delivery)
    {
        var (topic, payload) = (Topic(delivery), delivery.Json["payload"]);
        return payload["type"].IsText && payload["type"].Text() is "Test" && !payload["uid"].Exists && !payload["bookingUid"].Exists
            ? new Normalization.Ignored(topic, "a test sent from the webhook page")
            : Topics.Normalize(topic, delivery);
    }

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        CalComHistory.ReadAsync(request, api.As<ICalComApi>(), cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => bookings.Seen(delivery);

    private static TopicTable Read(CalComSettings settings)
    {
        var answers = new CalComAnswers(settings);
        var bookings = new CalComBookings(answers, settings);
        var meetings = new CalComMeetings(answers, settings.EndedMeetings);
        var forms = new CalComForms(answers);
        return new TopicTable
        {
            { "BOOKING_CREATED", bookings.Created },
            { "BOOKING_REQUESTED", bookings.Requested },
            { "BOOKING_REJECTED", bookings.Rejected },
            { "BOOKING_RESCHEDULED", bookings.Rescheduled },
            { "BOOKING_CANCELLED", bookings.Cancelled },
            { "BOOKING_PAYMENT_INITIATED", bookings.PaymentBegun },
            { "BOOKING_PAID", bookings.Paid },
            { "BOOKING_NO_SHOW_UPDATED", CalComNoShows.Marked },
            { "AFTER_GUESTS_CAL_VIDEO_NO_SHOW", meetings.GuestStayedAway },
            { "AFTER_HOSTS_CAL_VIDEO_NO_SHOW", meetings.HostStayedAway },
            { "MEETING_ENDED", meetings.Ended },
            { "RECORDING_READY", meetings.Recorded },
            { "RECORDING_TRANSCRIPTION_GENERATED", meetings.Transcribed },
            { "INSTANT_MEETING", meetings.WantsToTalk },
            { "INSTANT_MEETING_ACCEPTED", bookings.Created },
            { "FORM_SUBMITTED", forms.Submitted },
            { "FORM_SUBMITTED_NO_EVENT", forms.LedToNothing },
            { "MEETING_STARTED", Clock },
            { "BOOKING_LOCATION_UPDATED", "the place of a booking changed; the booking stands, and nothing about the person is new" },
            { "BOOKING_REASSIGNED", "another host takes a booking over; the booking stands, and nothing about the person is new" },
            { "ROUTING_FORM_FALLBACK_HIT", "which way a routing form took; FORM_SUBMITTED tells the answers" },
            { "CALENDAR_ENTRY_REJECTED", Host },
            { "OOO_CREATED", Host },
            { "WRONG_ASSIGNMENT_REPORT", Host },
            { "DELEGATION_CREDENTIAL_ERROR", Host },
            { "DELEGATION_CREDENTIAL_ROTATION_REQUIRED", Host },
            { "DELEGATION_CREDENTIAL_SECRET_ROTATED", Host },
            { "DELEGATION_CREDENTIAL_SECRET_ROTATION_FAILED", Host },
            { "PING", "a test sent from the webhook page" },
        };
    }
}
