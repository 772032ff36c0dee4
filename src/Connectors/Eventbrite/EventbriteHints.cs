namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>The objects that webhooks point at. Of the address only the numbers are taken, and only from one that is of the vendor's API.</summary>
internal static class EventbriteHints
{
    private const string Api = "https://www.eventbriteapi.com/v3/";
    private const int MaxDigits = 20;

    public static Normalization Order(WebhookDelivery delivery) => Steps(delivery) switch
    {
        ["orders", var id] when IsId(id) => Normalization.Fetch("order", id),
        // Older webhooks name the event before the order.
        ["events", var occasion, "orders", var id] when IsId(occasion) && IsId(id) => Normalization.Fetch("order", id),
        _ => throw delivery.Json["api_url"].Not("the address of an order in Eventbrite's API"),
    };

    /// <summary>An attendee is only found below its event: the id has both.</summary>
    public static Normalization Attendee(WebhookDelivery delivery) => Steps(delivery) switch
    {
        ["events", var occasion, "attendees", var id] when IsId(occasion) && IsId(id) => Normalization.Fetch("attendee", $"{occasion}/{id}"),
        _ => throw delivery.Json["api_url"].Not("the address of an attendee in Eventbrite's API"),
    };

    public static Normalization Event(WebhookDelivery delivery) => Steps(delivery) switch
    {
        ["events", var id] when IsId(id) => Normalization.Fetch("event", id),
        _ => throw delivery.Json["api_url"].Not("the address of an event in Eventbrite's API"),
    };

    private static string[] Steps(WebhookDelivery delivery)
    {
        var address = delivery.Json["api_url"].RequiredText();
        if (!address.StartsWith(Api, StringComparison.Ordinal)) return [];
        var path = address[Api.Length..];
        return (path.EndsWith('/') ? path[..^1] : path).Split('/');
    }

    private static bool IsId(string text) => text.Length is > 0 and <= MaxDigits && text.All(char.IsAsciiDigit);
}
