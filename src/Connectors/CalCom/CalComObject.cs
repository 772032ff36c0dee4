using System.Text.Json;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>A booking as the API tells it, put into the shape of a webhook: one reader for both, and one place for a person in them.</summary>
internal static class CalComObject
{
    /// <summary>What the hub adds to a move: when the meeting was to begin before.</summary>
    public const string PreviousStart = "hubPreviousStart";

    /// <summary>The last change; the making, where nothing changed since.</summary>
    public static Payload ChangedAt(Payload booking) => booking["updatedAt"].Exists ? booking["updatedAt"] : booking["createdAt"];

    /// <summary>Whether seats are booked one by one; each attendee has then answers of their own, and no time.</summary>
    public static bool HasSeats(Payload booking) => booking["attendees"].Items().Any(attendee => attendee["seatUid"].Exists);

    /// <summary>The webhook that would tell how the booking stands.</summary>
    /// <param name="booking">The booking.</param>
    /// <param name="seat">The attendee whose seat it is about; null where seats are not booked one by one.</param>
    public static Payload AsWebhook(Payload booking, Payload? seat)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            // What is over ended by the last change at the latest; all else began with the booking.
            Write(writer, "createdAt", booking["status"].Text() is "cancelled" or "rejected" ? ChangedAt(booking) : booking["createdAt"]);
            writer.WriteStartObject("payload");
            WriteBooking(writer, booking);
            WriteHosts(writer, [.. booking["hosts"].Items().Where(host => host["id"].Id() is not "unknown")]);
            WriteAttendees(writer, seat is null ? booking["attendees"].Items() : [seat]);
            WriteAnswers(writer, (seat ?? booking)["bookingFieldsResponses"]);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return Payload.Parse(stream.ToArray());
    }

    private static void WriteBooking(Utf8JsonWriter writer, Payload booking)
    {
        writer.WriteString("eventTitle", Kind(booking));
        Write(writer, "eventTypeId", booking["eventType"]["id"].Exists ? booking["eventType"]["id"] : booking["eventTypeId"]);
        Write(writer, "startTime", booking["start"]);
        Write(writer, "endTime", booking["end"]);
        Write(writer, "rescheduleUid", booking["rescheduledFromUid"]);
        Write(writer, "rescheduleStartTime", booking[PreviousStart]);
        Write(writer, "cancelledBy", booking["cancelledByEmail"]);
        foreach (var name in new[] { "uid", "status", "location", "metadata", "cancellationReason" }) Write(writer, name, booking[name]);
    }

    private static void WriteHosts(Utf8JsonWriter writer, List<Payload> hosts)
    {
        if (hosts.Count == 0) return;
        Write(writer, "organizer", hosts[0]);
        writer.WriteStartObject("team");
        writer.WriteStartArray("members");
        foreach (var host in hosts.Skip(1)) writer.WriteRawValue(host.Raw().Span);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteAttendees(Utf8JsonWriter writer, IEnumerable<Payload> attendees)
    {
        writer.WriteStartArray("attendees");
        foreach (var attendee in attendees)
        {
            writer.WriteStartObject();
            foreach (var name in new[] { "email", "name", "timeZone", "phoneNumber" }) Write(writer, name, attendee[name]);
            Write(writer, "locale", attendee["language"]);
            // As Cal.com itself cuts names for its webhooks.
            if (attendee["name"].Text()?.Split(' ', 2) is [var first, var rest])
            {
                writer.WriteString("firstName", first);
                writer.WriteString("lastName", rest);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteAnswers(Utf8JsonWriter writer, Payload answers)
    {
        writer.WriteStartObject("responses");
        foreach (var (slug, value) in answers.Members())
        {
            writer.WriteStartObject(slug);
            Write(writer, "value", value);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    // "Pricing chat between Host and Booker": the kind of meeting stands before the word before the host, unless the business named it otherwise.
    private static string? Kind(Payload booking)
    {
        if (booking["title"].Text() is not { } title) return null;
        if (booking["hosts"].Items().FirstOrDefault()?["name"].Text() is not { } host) return title;
        var at = title.LastIndexOf($" {host} ", StringComparison.Ordinal);
        var word = at < 1 ? -1 : title.LastIndexOf(' ', at - 1);
        return word > 0 && booking["attendees"].Items().Any(attendee => attendee["name"].Text() is { } name && title.EndsWith($" {name}", StringComparison.Ordinal)) ? title[..word] : title;
    }

    private static void Write(Utf8JsonWriter writer, string name, Payload value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.Raw().Span);
    }
}
