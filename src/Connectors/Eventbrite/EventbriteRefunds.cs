using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>What went back of an order. The costs stay as they were; a refund shows in requests that were completed, or in tickets that were refunded.</summary>
internal static class EventbriteRefunds
{
    /// <summary>The requests that were granted; the expansion is documented as one request, its name is plural.</summary>
    public static IReadOnlyList<Payload> Completed(Payload requests)
    {
        var all = requests.IsObject ? [requests] : requests.Items();
        return [.. all.Where(request => request["status"].Text() is "completed")];
    }

    /// <summary>The sum of all refunds; null when there is none. An order that was refunded without more was so in full.</summary>
    public static Money? InAll(Payload order, IReadOnlyList<Payload> completed, IReadOnlyList<Payload> attendees, Money? total)
    {
        var requested = completed.SelectMany(request => request["items"].Items()).Select(item => item["amount_requested"]);
        var tickets = attendees.Where(attendee => attendee["refunded"].Flag() is true).Select(attendee => attendee["costs"]["gross"]);
        return EventbriteCost.Sum(requested) ?? EventbriteCost.Sum(tickets) ?? (order["status"].Text() is "refunded" ? total : null);
    }
}
