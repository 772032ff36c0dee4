namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>Reads an organization's orders and attendees page by page. Check-ins change the attendee and not the order: both are read.</summary>
internal static class EventbriteHistory
{
    public const string Orders = "orders";
    public const string Attendees = "attendees";

    public static async Task<BackfillPage> ReadAsync(BackfillRequest request, string organization, IEventbriteApi api, CancellationToken cancellationToken)
    {
        var since = request.Since?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var page = request.Stream == Orders
            ? await api.OrdersAsync(organization, since, request.Cursor, cancellationToken)
            : await api.AttendeesAsync(organization, since, request.Cursor, cancellationToken);
        var items = page[request.Stream].Items();
        return new BackfillPage([.. request.Stream == Orders ? items.Select(Order) : items.Select(EventbriteObjects.Attendee)], Next(page))
        {
            Total = request.Cursor is null ? page["pagination"]["object_count"].Integer() : null,
        };
    }

    /// <summary>Asks for the next page; null after the last one.</summary>
    public static string? Next(Payload page) =>
        page["pagination"]["has_more_items"].Flag() is true ? page["pagination"]["continuation"].RequiredText() : null;

    private static VendorObject Order(Payload order) => new("order", order["id"].RequiredId(), order);
}
