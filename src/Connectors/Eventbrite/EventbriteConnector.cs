namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>Eventbrite: orders, payments, refunds, promotion codes, registrations, check-ins and what attendees answer. Webhooks name the object; the API tells it.</summary>
/// <remarks>
/// Nothing is signed: the token in the address is the proof, and what counts of a body is the topic and the ids in its <c>api_url</c>. That address itself is
/// never called, for the private token would go to whoever wrote it. See https://www.eventbrite.com/platform/docs/webhooks, read 2026-11-22.
/// </remarks>
[Connector("eventbrite", "Eventbrite", ConnectorCategory.Scheduling)]
public sealed class EventbriteConnector(EventbriteSettings settings) : IWebhookSource, IHydrate, IBackfill
{
    private readonly EventbritePeople people = new(settings);

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = new TokenAuthentication(settings.WebhookToken);

    /// <inheritdoc/>
    public TopicTable Topics { get; } = new()
    {
        { "order.placed", EventbriteHints.Order },
        { "order.updated", EventbriteHints.Order },
        { "order.refunded", EventbriteHints.Order },
        { "attendee.updated", EventbriteHints.Attendee },
        { "attendee.checked_in", EventbriteHints.Attendee },
        { "barcode.checked_in", EventbriteHints.Attendee },
        { "event.updated", EventbriteHints.Event },
        { "event.unpublished", EventbriteHints.Event },
        { "attendee.checked_out", "somebody left, or a scan was undone: which of the two is not told, and neither says that they were not there" },
        { "barcode.un_checked_in", "somebody left, or a scan was undone: which of the two is not told, and neither says that they were not there" },
        { "event.created", "the organiser's event, before anybody registered" },
        { "event.published", "the organiser's event, before anybody registered" },
        { "organizer.updated", "the organiser's own settings" },
        { "venue.updated", "the organiser's own settings" },
        { "ticket_class.created", "the organiser's own settings" },
        { "ticket_class.updated", "the organiser's own settings" },
        { "ticket_class.deleted", "the organiser's own settings" },
        { "test", "sent by the Test button" },
    };

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = settings.OrganizationId is null ? [] : [EventbriteHistory.Orders, EventbriteHistory.Attendees];

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) => delivery.Json["config"]["action"].RequiredText();

    /// <summary>There is none: <c>X-Eventbrite-Delivery</c> is the webhook's id.</summary>
    public string? DeliveryId(WebhookRequest request) => null;

    /// <summary>Two changes of one object have the same body. The hub reads an object once for the requests of the same seconds; read again without a change it tells nothing new.</summary>
    public bool RepeatsBodies => true;

    /// <inheritdoc/>
    public Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken) =>
        EventbriteObjects.FetchAsync(reference, api.As<IEventbriteApi>(), cancellationToken);

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        EventbriteHistory.ReadAsync(request, settings.OrganizationId ?? "", api.As<IEventbriteApi>(), cancellationToken);

    /// <inheritdoc/>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) => what.ObjectType == "order"
        ? EventbriteOrder.Read(delivery.Json, people)
        : Normalization.Of([.. new EventbriteAttendee(delivery.Json, delivery.Json["order"], delivery.Json["event"], people).Facts()]);
}
