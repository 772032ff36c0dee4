using System.Globalization;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>Bodies in the shape that Calendly sends, for the simulator.</summary>
internal static class CalendlyBodies
{
    private const string Api = "https://api.calendly.com/";
    private const string Host = Api + "users/5f1c0b7e-91d2-4a63-8c3e-0d2b7a9e4410";
    private const string HostName = "Marit Haugen";

    private static readonly (string Uri, string Name, int Minutes, string Place, decimal? Price)[] Pages =
    [
        (Api + "event_types/c2a9d6f4-3b18-4e57-9a70-6de1f0b85521", "Intro call (30 min)", 30, "zoom", null),
        (Api + "event_types/0b8e55d1-7c0f-4f0e-8f43-2a61d9c7e310", "Demo", 45, "google_conference", null),
        (Api + "event_types/7d41c9a2-65be-4d0b-a1c7-9e02f5b8d614", "Call me back", 15, "outbound_call", null),
        (Api + "event_types/e6f0a3b8-1d94-4c72-b5a6-08d7c4f29b35", "Workshop seat", 120, "physical", 149m),
        (Api + "event_types/41c7d8e9-b2a0-4f65-8d13-c5e96a07f482", "Consultation (60 min)", 60, "zoom", 49.5m),
    ];

    private static readonly string[] Topics = ["Pricing for 25 seats", "Migration from our old tool", "Security questionnaire", "Wie läuft die Einführung?", "API limits"];

    public static int Kinds => Pages.Length;

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static string Uri(string path, Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return $"{Api}{path}/{new Guid(bytes)}";
    }

    public static JsonObject Envelope(string topic, DateTimeOffset at, JsonObject payload) =>
        new() { ["created_at"] = Time(at), ["created_by"] = Host, ["event"] = topic, ["payload"] = payload };

    public static JsonObject Invitee(Guest guest, SimulatedBooking booking, DateTimeOffset at) => new()
    {
        ["uri"] = booking.Uri,
        ["email"] = guest.Person.Email,
        ["first_name"] = guest.NamesInParts ? guest.Person.FirstName : null,
        ["last_name"] = guest.NamesInParts ? guest.Person.LastName : null,
        ["name"] = guest.Person.FullName,
        ["status"] = "active",
        ["timezone"] = guest.Person.TimeZone,
        ["event"] = booking.Meeting,
        ["text_reminder_number"] = guest.Person.Number % 3 == 0 ? guest.Person.Phone : null,
        ["rescheduled"] = false,
        ["old_invitee"] = booking.Previous,
        ["new_invitee"] = null,
        ["cancel_url"] = Link("cancellations", booking),
        ["reschedule_url"] = Link("reschedulings", booking),
        ["routing_form_submission"] = guest.Submission,
        ["questions_and_answers"] = Answers(guest.Person),
        ["tracking"] = Tracking(guest.Person),
        ["payment"] = Payment(booking),
        ["no_show"] = null,
        ["reconfirmation"] = null,
        ["scheduling_method"] = null,
        ["invitee_scheduled_by"] = null,
        ["created_at"] = Time(booking.BookedAt),
        ["updated_at"] = Time(at),
        ["scheduled_event"] = Meeting(guest.Person, booking, at),
    };

    public static JsonObject Canceled(Guest guest, SimulatedBooking booking, string? reason, bool byHost, DateTimeOffset at)
    {
        var invitee = Invitee(guest, booking, at);
        invitee["status"] = "canceled";
        invitee["cancellation"] = new JsonObject
        {
            ["canceled_by"] = byHost ? HostName : guest.Person.FullName,
            ["reason"] = reason,
            ["canceler_type"] = byHost ? "host" : "invitee",
            ["created_at"] = Time(at),
        };
        return invitee;
    }

    public static JsonObject Routing(Guest guest, Random random, DateTimeOffset at) => Envelope("routing_form_submission.created", at, new JsonObject
    {
        ["uri"] = guest.Submission,
        ["routing_form"] = Api + "routing_forms/a70d51ce-83f2-4b96-9d0a-e5c418b27f39",
        ["questions_and_answers"] = new JsonArray(
            Answer("0f6c2b81-4d9e-4a35-b7c0-91e83d5a2f64", "Work email", guest.Person.Email),
            Answer("b38e7d15-0a6f-4c92-85de-3c71f940ae28", "Name", guest.Person.FullName),
            Answer("72a5c0e9-6b1d-4f83-9e47-d0286fb5c31a", "Team size", random.Next(2) == 0 ? "11-50" : "51-200")),
        ["tracking"] = Tracking(guest.Person),
        ["result"] = new JsonObject { ["type"] = "event_type", ["value"] = Pages[0].Uri },
        ["submitter"] = null,
        ["submitter_type"] = null,
        ["created_at"] = Time(at),
        ["updated_at"] = Time(at),
    });

    public static JsonObject Contact(Guest guest, DateTimeOffset at) => new()
    {
        ["uri"] = guest.ContactUri,
        ["name"] = guest.Person.FullName,
        ["emails"] = new JsonArray(new JsonObject { ["email"] = guest.Person.Email, ["is_primary"] = true }),
        ["phone_numbers"] = new JsonArray(new JsonObject { ["phone_number"] = guest.Person.Phone }),
        ["timezone"] = guest.Person.TimeZone,
        ["job_title"] = guest.Person.Number % 2 == 0 ? "Head of Operations" : null,
        ["company"] = guest.Person.Company,
        ["country"] = guest.Person.Country,
        ["state"] = null,
        ["city"] = guest.Person.City,
        ["linkedin"] = null,
        ["custom_fields"] = new JsonArray(new JsonObject
        {
            ["uuid"] = "c4072b9f-8d56-4e1a-93b7-1ae5d80f6c23",
            ["label"] = "Interests",
            ["field_type"] = "tags",
            ["value"] = new JsonArray("onboarding", guest.Person.Number % 3 == 0 ? "api" : "pricing"),
        }),
        ["created_at"] = Time(guest.ListedAt ?? at),
        ["updated_at"] = Time(at),
    };

    private static string Link(string kind, SimulatedBooking booking) => $"https://calendly.com/{kind}/{booking.Uri[(booking.Uri.LastIndexOf('/') + 1)..]}";

    private static JsonObject Answer(string id, string question, string answer) =>
        new() { ["question_uuid"] = id, ["question"] = question, ["answer"] = answer };

    private static JsonArray Answers(SimulatedPerson person) => new(
        new JsonObject { ["question"] = "Company", ["answer"] = person.Company, ["position"] = 0 },
        new JsonObject { ["question"] = "What would you like to discuss?", ["answer"] = Topics[person.Number % Topics.Length], ["position"] = 1 });

    private static JsonObject Tracking(SimulatedPerson person) => new()
    {
        ["utm_campaign"] = person.Number % 2 == 0 ? "autumn_launch" : null,
        ["utm_source"] = person.Number % 2 == 0 ? "newsletter" : null,
        ["utm_medium"] = person.Number % 2 == 0 ? "email" : null,
        ["utm_content"] = null,
        ["utm_term"] = null,
        ["salesforce_uuid"] = null,
    };

    // A move takes no second payment.
    private static JsonObject? Payment(SimulatedBooking booking) => booking.Previous is not null || Pages[booking.Kind].Price is not { } price ? null : new JsonObject
    {
        ["external_id"] = booking.PaymentId,
        ["provider"] = "stripe",
        ["amount"] = price,
        ["currency"] = "EUR",
        ["terms"] = "Refundable up to 24 hours before the call.",
        ["successful"] = true,
    };

    private static JsonObject Meeting(SimulatedPerson person, SimulatedBooking booking, DateTimeOffset at)
    {
        var page = Pages[booking.Kind];
        return new JsonObject
        {
            ["uri"] = booking.Meeting,
            ["name"] = page.Name,
            ["meeting_notes_plain"] = null,
            ["meeting_notes_html"] = null,
            ["status"] = "active",
            ["start_time"] = Time(booking.StartsAt),
            ["end_time"] = Time(booking.StartsAt.AddMinutes(page.Minutes)),
            ["event_type"] = page.Uri,
            ["location"] = Location(person, page.Place),
            ["invitees_counter"] = new JsonObject { ["total"] = 1, ["active"] = 1, ["limit"] = 1 },
            ["created_at"] = Time(booking.BookedAt),
            ["updated_at"] = Time(at),
            ["event_memberships"] = new JsonArray(new JsonObject { ["user"] = Host, ["user_email"] = "marit.haugen@example.org", ["user_name"] = HostName }),
            ["event_guests"] = new JsonArray(),
        };
    }

    private static JsonObject Location(SimulatedPerson person, string place) => place switch
    {
        "zoom" => new JsonObject
        {
            ["type"] = place,
            ["status"] = "pushed",
            ["join_url"] = "https://video.example.org/j/81240055",
            ["data"] = new JsonObject { ["id"] = 81240055, ["settings"] = new JsonObject(), ["password"] = "q7Lm2x", ["extra"] = null },
        },
        "outbound_call" => new JsonObject { ["type"] = place, ["location"] = person.Phone },
        "physical" => new JsonObject { ["type"] = place, ["location"] = "Storgata 12, Oslo", ["additional_info"] = "Ring the bell twice." },
        _ => new JsonObject { ["type"] = place, ["status"] = "pushed", ["join_url"] = "https://meet.example.org/abc-defg-hij" },
    };
}
