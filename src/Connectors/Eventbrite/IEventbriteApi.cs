using RestEase;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>Eventbrite's API, version 3. What is not expanded is absent without an error. See https://www.eventbrite.com/platform/api, read 2026-11-22.</summary>
public interface IEventbriteApi
{
    /// <summary>An order with its attendees.</summary>
    [Get("orders/{id}/?expand=event,attendees,answers,contact_list_preferences,refund_requests")]
    Task<Payload> OrderAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>An attendee: one ticket.</summary>
    [Get("events/{eventId}/attendees/{id}/?expand=event,order,answers,contact_list_preferences")]
    Task<Payload> AttendeeAsync([Path] string eventId, [Path] string id, CancellationToken cancellationToken);

    /// <summary>An event.</summary>
    [Get("events/{id}/")]
    Task<Payload> EventAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>A page of an event's attendees.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="continuation">What the page before said; null for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("events/{eventId}/attendees/?expand=event,order,answers,contact_list_preferences")]
    Task<Payload> AttendeesOfAsync([Path] string eventId, [Query] string? continuation, CancellationToken cancellationToken);

    /// <summary>A page of an organization's orders.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="since">Changed at or after this time; null for all.</param>
    /// <param name="continuation">What the page before said; null for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("organizations/{organization}/orders/?status=all_not_deleted&expand=event,attendees,answers,contact_list_preferences,refund_requests")]
    Task<Payload> OrdersAsync([Path] string organization, [Query("changed_since")] string? since, [Query] string? continuation, CancellationToken cancellationToken);

    /// <summary>A page of an organization's attendees.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="since">Changed at or after this time; null for all.</param>
    /// <param name="continuation">What the page before said; null for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("organizations/{organization}/attendees/?expand=event,order,answers,contact_list_preferences")]
    Task<Payload> AttendeesAsync([Path] string organization, [Query("changed_since")] string? since, [Query] string? continuation, CancellationToken cancellationToken);
}
