using RestEase;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>Klaviyo's API, revision 2026-07-15. See https://developers.klaviyo.com/en/reference/api_overview, read 2026-11-22.</summary>
public interface IKlaviyoApi
{
    /// <summary>A profile with its consent.</summary>
    [Get("profiles/{id}?additional-fields[profile]=subscriptions")]
    Task<Payload> ProfileAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>Profiles with their consent by their last change, 100 a page.</summary>
    /// <param name="filter">Which ones, <c>greater-than(updated,2026-11-20T00:00:00Z)</c>; null for all.</param>
    /// <param name="cursor">Where the page begins; null for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("profiles?additional-fields[profile]=subscriptions&sort=updated&page[size]=100")]
    Task<Payload> ProfilesAsync([Query] string? filter, [Query("page[cursor]")] string? cursor, CancellationToken cancellationToken);

    /// <summary>Events by their time, 200 a page, with the metrics that they are of.</summary>
    /// <param name="filter">Which ones, <c>greater-or-equal(datetime,2026-11-20T00:00:00Z)</c>; null for all.</param>
    /// <param name="cursor">Where the page begins; null for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("events?include=metric&sort=datetime&page[size]=200")]
    Task<Payload> EventsAsync([Query] string? filter, [Query("page[cursor]")] string? cursor, CancellationToken cancellationToken);
}
