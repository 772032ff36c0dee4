using RestEase;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>Calendly's API v2. Lists come in pages with a token for the next one. See https://developer.calendly.com/api-docs, read 2026-11-22.</summary>
public interface ICalendlyApi
{
    /// <summary>Meetings by their start, cancelled ones among them, 20 a page.</summary>
    /// <param name="organization">Of this organization; null where only the user's are read.</param>
    /// <param name="user">Of this user; null for all.</param>
    /// <param name="from">Starting at or after this time, UTC; null for all.</param>
    /// <param name="token">The page; null for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("scheduled_events?sort=start_time:asc&count=20")]
    Task<Payload> MeetingsAsync([Query] string? organization, [Query] string? user, [Query("min_start_time")] string? from, [Query("page_token")] string? token, CancellationToken cancellationToken);

    /// <summary>Who booked a seat in a meeting, those who cancelled among them, 100 a page.</summary>
    [Get("scheduled_events/{meeting}/invitees?sort=created_at:asc&count=100")]
    Task<Payload> InviteesAsync([Path] string meeting, [Query("page_token")] string? token, CancellationToken cancellationToken);

    /// <summary>Calendly's own contact list, the latest change first, 100 a page.</summary>
    [Get("contacts?sort=updated_at:desc&count=100")]
    Task<Payload> ContactsAsync([Query("page_token")] string? token, CancellationToken cancellationToken);

    /// <summary>The routing forms of an organization, 100 a page.</summary>
    [Get("routing_forms?count=100")]
    Task<Payload> RoutingFormsAsync([Query] string organization, [Query("page_token")] string? token, CancellationToken cancellationToken);

    /// <summary>What was sent by a routing form, the latest first, 100 a page.</summary>
    [Get("routing_form_submissions?sort=created_at:desc&count=100")]
    Task<Payload> SubmissionsAsync([Query] string form, [Query("page_token")] string? token, CancellationToken cancellationToken);
}
