using System.Globalization;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Bodies in the shape that Cal.com sends, for the simulator.</summary>
internal static class CalComBodies
{
    private const string HostName = "Ingrid Haugen";
    private const string HostEmail = "ingrid.haugen@example.org";

    private static readonly (int Id, string Slug, string Name, int Minutes, int Price, bool OnRequest)[] Pages =
    [
        (810144, "intro", "Intro call", 30, 0, false),
        (810151, "demo", "Product demo", 45, 0, false),
        (810163, "office-hours", "Office hours", 15, 0, true),
        (810170, "consultation", "Paid consultation", 60, 9000, false),
    ];

    private static readonly string[] Notes = ["Pricing for 25 seats", "Migration from our old tool", "Security questionnaire", "Wie läuft die Einführung?", "API limits"];

    public static int Kinds => Pages.Length;

    /// <summary>Price of a page in cents.</summary>
    public static int Price(int kind) => Pages[kind].Price;

    public static bool IsOnRequest(int kind) => Pages[kind].OnRequest;

    public static JsonObject Booking(string topic, string status, SimulatedPerson person, SimulatedBooking booking, DateTimeOffset at) =>
        Envelope(topic, at, Whole(person, booking, status, rescheduleReason: null));

    public static JsonObject Moved(SimulatedPerson person, SimulatedBooking booking, SimulatedBooking previous, string reason, DateTimeOffset at)
    {
        var body = Whole(person, booking, "ACCEPTED", reason);
        body["rescheduleId"] = previous.Number;
        body["rescheduleUid"] = previous.Uid;
        body["rescheduleStartTime"] = Seconds(previous.StartsAt);
        body["rescheduleEndTime"] = Seconds(previous.StartsAt.AddMinutes(Pages[previous.Kind].Minutes));
        body["rescheduledBy"] = person.Email;
        return Envelope("BOOKING_RESCHEDULED", at, body);
    }

    public static JsonObject Cancelled(SimulatedPerson person, SimulatedBooking booking, string reason, bool byHost, DateTimeOffset at)
    {
        var body = Whole(person, booking, "CANCELLED", rescheduleReason: null);
        body["cancellationReason"] = reason;
        body["cancelledBy"] = byHost ? HostEmail : person.Email;
        body["price"] = null;
        body["requestReschedule"] = false;
        body.Remove("videoCallData");
        return Envelope("BOOKING_CANCELLED", at, body);
    }

    public static JsonObject Rejected(SimulatedPerson person, SimulatedBooking booking, DateTimeOffset at)
    {
        var body = Whole(person, booking, "REJECTED", rescheduleReason: null);
        body["rejectionReason"] = "No office hours that day.";
        body.Remove("videoCallData");
        return Envelope("BOOKING_REJECTED", at, body);
    }

    public static JsonObject Paying(string topic, SimulatedPerson person, SimulatedBooking booking, DateTimeOffset at)
    {
        var body = Whole(person, booking, "ACCEPTED", rescheduleReason: null);
        body.Remove("responses");
        body.Remove("userFieldsResponses");
        body.Remove("videoCallData");
        body["currency"] = "EUR";
        body["paymentId"] = booking.Number % 1_000_000;
        body["metadata"] = topic is not "BOOKING_PAID" ? new JsonObject() : new JsonObject
        {
            ["identifier"] = "cal.com",
            ["bookingId"] = booking.Number,
            ["eventTypeId"] = Pages[booking.Kind].Id,
            ["bookerEmail"] = person.Email,
            ["eventTitle"] = Pages[booking.Kind].Name,
            ["externalId"] = $"pi_demo_{booking.Number}",
        };
        return Envelope(topic, at, body);
    }

    public static JsonObject Marked(SimulatedPerson person, SimulatedBooking booking, bool noShow, DateTimeOffset at) => Envelope("BOOKING_NO_SHOW_UPDATED", at, new JsonObject
    {
        ["message"] = $"{person.Email} {(noShow ? "marked" : "unmarked")} as no-show",
        ["attendees"] = new JsonArray(new JsonObject { ["email"] = person.Email, ["noShow"] = noShow }),
        ["bookingUid"] = booking.Uid,
        ["bookingId"] = booking.Number,
    });

    public static JsonObject StayedAway(SimulatedPerson person, SimulatedBooking booking, DateTimeOffset at) => Envelope("AFTER_GUESTS_CAL_VIDEO_NO_SHOW", at, new JsonObject
    {
        ["title"] = Title(person, booking),
        ["bookingId"] = booking.Number,
        ["bookingUid"] = booking.Uid,
        ["startTime"] = Time(booking.StartsAt),
        ["endTime"] = Time(End(booking)),
        ["attendees"] = new JsonArray(Row(person, booking, noShow: true)),
        ["participants"] = new JsonArray(),
        ["guests"] = new JsonArray(Row(person, booking, noShow: true)),
        ["eventType"] = new JsonObject { ["id"] = Pages[booking.Kind].Id, ["teamId"] = null, ["parentId"] = null, ["calVideoSettings"] = null },
        ["message"] = "Guest didn't join the call or didn't join in time",
    });

    /// <summary>The flat body: columns of the booking beside the topic, its creation as <c>createdAt</c>.</summary>
    public static JsonObject Ended(SimulatedPerson person, SimulatedBooking booking, DateTimeOffset at) => new()
    {
        ["triggerEvent"] = "MEETING_ENDED",
        ["id"] = booking.Number,
        ["uid"] = booking.Uid,
        ["userPrimaryEmail"] = HostEmail,
        ["eventTypeId"] = Pages[booking.Kind].Id,
        ["title"] = Title(person, booking),
        ["responses"] = Responses(person, rescheduleReason: null),
        ["startTime"] = Time(booking.StartsAt),
        ["endTime"] = Time(End(booking)),
        ["location"] = "integrations:daily",
        ["createdAt"] = Time(booking.BookedAt),
        ["updatedAt"] = Time(at),
        ["status"] = "ACCEPTED",
        ["paid"] = Price(booking.Kind) > 0,
        ["noShowHost"] = false,
        ["user"] = new JsonObject { ["email"] = HostEmail, ["name"] = HostName, ["timeZone"] = "Europe/Oslo", ["username"] = "ingrid" },
        ["attendees"] = new JsonArray(Row(person, booking, noShow: false)),
    };

    public static JsonObject Form(string topic, SimulatedPerson person, DateTimeOffset at)
    {
        (string Field, string Answer)[] answers = [("email", person.Email), ("full-name", person.FullName), ("company", person.Company)];
        var size = person.Number % 3 == 0 ? "51-200" : "11-50";
        var body = new JsonObject();
        var responses = new JsonObject();
        foreach (var (field, answer) in answers)
        {
            body[field] = answer;
            responses[field] = new JsonObject { ["value"] = answer, ["response"] = answer };
        }
        body["Team size"] = new JsonArray(size);
        responses["Team size"] = new JsonObject
        {
            ["value"] = new JsonArray(size),
            ["response"] = new JsonArray(new JsonObject { ["label"] = size, ["id"] = $"9f4d2c71-58e0-4b36-a1d7-{person.Number % 3:x12}" }),
        };
        body["triggerEvent"] = topic;
        body["createdAt"] = Time(at);
        body["payload"] = new JsonObject { ["formId"] = "6d1c40b7-9f25-4e83-a0d1-7be35c82f946", ["formName"] = "Talk to sales", ["teamId"] = null, ["responses"] = responses };
        if (topic is "FORM_SUBMITTED_NO_EVENT") body["payload"]!["responseId"] = 70_000 + person.Number;
        return body;
    }

    private static JsonObject Whole(SimulatedPerson person, SimulatedBooking booking, string status, string? rescheduleReason)
    {
        var page = Pages[booking.Kind];
        return new JsonObject
        {
            ["bookerUrl"] = "https://cal.com",
            ["title"] = Title(person, booking),
            ["startTime"] = Seconds(booking.StartsAt),
            ["endTime"] = Seconds(End(booking)),
            ["additionalNotes"] = Notes[person.Number % Notes.Length],
            ["type"] = page.Slug,
            ["eventTypeId"] = page.Id,
            ["seatsPerTimeSlot"] = null,
            ["organizer"] = new JsonObject { ["id"] = 51204, ["name"] = HostName, ["email"] = HostEmail, ["username"] = "ingrid", ["timeZone"] = "Europe/Oslo", ["language"] = new JsonObject { ["locale"] = "no" } },
            ["attendees"] = new JsonArray(new JsonObject
            {
                ["email"] = person.Email,
                ["name"] = person.FullName,
                ["firstName"] = person.FirstName,
                ["lastName"] = person.LastName,
                ["timeZone"] = person.TimeZone,
                ["language"] = new JsonObject { ["locale"] = person.Locale[..2] },
            }),
            ["responses"] = Responses(person, rescheduleReason),
            ["userFieldsResponses"] = new JsonObject { ["company"] = Answer("Company", person.Company) },
            ["location"] = "integrations:daily",
            ["requiresConfirmation"] = page.OnRequest,
            ["uid"] = booking.Uid,
            ["videoCallData"] = new JsonObject { ["type"] = "daily_video", ["id"] = "room", ["password"] = "demo-room-token", ["url"] = $"https://video.example.org/{booking.Uid}" },
            ["eventTitle"] = page.Name,
            ["price"] = page.Price,
            ["currency"] = "eur",
            ["length"] = page.Minutes,
            ["bookingId"] = booking.Number,
            ["metadata"] = Metadata(person, booking),
            ["status"] = status,
        };
    }

    private static JsonObject Responses(SimulatedPerson person, string? rescheduleReason) => new()
    {
        ["name"] = Answer("your_name", person.FullName),
        ["email"] = Answer("email_address", person.Email),
        ["attendeePhoneNumber"] = Answer("phone_number", person.Number % 3 == 0 ? person.Phone : null),
        ["location"] = new JsonObject { ["label"] = "location", ["value"] = new JsonObject { ["optionValue"] = "", ["value"] = "integrations:daily" }, ["isHidden"] = false },
        ["notes"] = Answer("additional_notes", Notes[person.Number % Notes.Length]),
        ["rescheduleReason"] = Answer("reason_for_reschedule", rescheduleReason),
        ["company"] = Answer("Company", person.Company),
    };

    // An unanswered question has no value.
    private static JsonObject Answer(string label, string? value) =>
        value is null ? new JsonObject { ["label"] = label, ["isHidden"] = false } : new JsonObject { ["label"] = label, ["value"] = value, ["isHidden"] = false };

    private static JsonObject Metadata(SimulatedPerson person, SimulatedBooking booking)
    {
        var metadata = new JsonObject { ["videoCallUrl"] = $"https://app.cal.com/video/{booking.Uid}" };
        if (person.Number % 2 == 0) (metadata["utm_source"], metadata["utm_campaign"]) = ("newsletter", "autumn_launch");
        return metadata;
    }

    private static JsonObject Row(SimulatedPerson person, SimulatedBooking booking, bool noShow) => new()
    {
        ["id"] = 600_000 + person.Number,
        ["email"] = person.Email,
        ["name"] = person.FullName,
        ["timeZone"] = person.TimeZone,
        ["phoneNumber"] = person.Number % 3 == 0 ? person.Phone : null,
        ["locale"] = person.Locale[..2],
        ["bookingId"] = booking.Number,
        ["noShow"] = noShow,
    };

    private static JsonObject Envelope(string topic, DateTimeOffset at, JsonObject payload) =>
        new() { ["triggerEvent"] = topic, ["createdAt"] = Time(at), ["payload"] = payload };

    private static string Title(SimulatedPerson person, SimulatedBooking booking) => $"{Pages[booking.Kind].Name} between {HostName} and {person.FullName}";

    private static DateTimeOffset End(SimulatedBooking booking) => booking.StartsAt.AddMinutes(Pages[booking.Kind].Minutes);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Seconds(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
