namespace IntegrationHub.Connectors.Eventbrite;

/// <summary>Reads what webhooks point at.</summary>
internal static class EventbriteObjects
{
    private const string Expired = "the checkout ran out of time and became no order (400)";

    /// <summary>A token that is not accepted is a 400, too; so is an order whose checkout ran out of time.</summary>
    public static VendorException? Judge(VendorAnswer answer) => (answer.Status, Error(answer)) switch
    {
        (400, "INVALID_AUTH" or "INVALID_AUTH_HEADER") => new VendorException(VendorFault.Unauthorized, "the vendor does not accept the private token (400)"),
        (400, "ORDER_EXPIRED") => new VendorException(VendorFault.NotFound, Expired),
        _ => null,
    };

    public static async Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, IEventbriteApi api, CancellationToken cancellationToken)
    {
        var (type, id) = reference;
        try
        {
            return type switch
            {
                "order" => [new VendorObject(type, id, await api.OrderAsync(id, cancellationToken))],
                "attendee" => [new VendorObject(type, id, await AttendeeAsync(id, api, cancellationToken))],
                _ => await AttendeesOfCancelledAsync(id, api, cancellationToken),
            };
        }
        catch (VendorException exception) when (exception.Fault is VendorFault.NotFound && exception.Message != Expired)
        {
            // An object that is gone is told as deleted; one that is not found was made or changed a moment ago, and shows within minutes.
            throw new VendorException(VendorFault.Misread, "the vendor does not show the object yet (404)");
        }
    }

    public static VendorObject Attendee(Payload attendee) =>
        new("attendee", $"{attendee["event_id"].RequiredId()}/{attendee["id"].RequiredId()}", attendee);

    private static Task<Payload> AttendeeAsync(string id, IEventbriteApi api, CancellationToken cancellationToken)
    {
        var parts = id.Split('/');
        return api.AttendeeAsync(parts[0], parts[1], cancellationToken);
    }

    // An event is no person. When it is called off, it is so for everybody who registered.
    private static async Task<IReadOnlyList<VendorObject>> AttendeesOfCancelledAsync(string id, IEventbriteApi api, CancellationToken cancellationToken)
    {
        List<VendorObject> attendees = [];
        if (!EventbriteOccasion.IsCancelled(await api.EventAsync(id, cancellationToken))) return attendees;
        var trail = new PageTrail();
        string? continuation = null;
        do
        {
            var page = await api.AttendeesOfAsync(id, continuation, cancellationToken);
            attendees.AddRange(page["attendees"].Items().Select(Attendee));
            continuation = trail.Follow(EventbriteHistory.Next(page));
        }
        while (continuation is not null);
        return attendees;
    }

    private static string? Error(VendorAnswer answer) => answer.Json() is { } body && body["error"] is { IsText: true } error ? error.Text() : null;
}
