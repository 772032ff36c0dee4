using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>What is told of the event behind an order or a ticket.</summary>
internal static class EventbriteOccasion
{
    /// <summary>Whether it was called off. One that was only unpublished has no orders, or is over and paid out.</summary>
    public static bool IsCancelled(Payload occasion) => occasion["status"].Text() is "canceled";

    public static string? Title(Payload occasion) => occasion["name"]["text"].Text();

    /// <summary>The affiliate code of the link that led to the ticket.</summary>
    public static Attribution? Attribution(Payload attendee) => attendee["affiliate"].Text() is { } code ? new Attribution { Source = code } : null;
}
