using RestEase;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Cal.com's API v2, bookings of version 2024-08-13. See https://cal.com/docs/api-reference/v2/bookings/get-all-bookings, read 2026-11-22.</summary>
public interface ICalComApi
{
    /// <summary>A booking. Of a recurring one the answer is a list.</summary>
    [Get("bookings/{uid}")]
    Task<Payload> BookingAsync([Path] string uid, CancellationToken cancellationToken);

    /// <summary>Bookings in any state by their last change, the oldest first, 100 a page.</summary>
    /// <param name="since">Changed after this time, UTC; null for all.</param>
    /// <param name="skip">How many of them to leave out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("bookings?sortUpdatedAt=asc&take=100")]
    Task<Payload> BookingsAsync([Query("afterUpdatedAt")] string? since, [Query] int skip, CancellationToken cancellationToken);
}
