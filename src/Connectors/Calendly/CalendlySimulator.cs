using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>Plays Calendly: people who come through a routing form or a link, book, answer, pay, move, cancel and stay away.</summary>
public sealed class CalendlySimulator : IWebhookSimulator
{
    private static readonly string[] Reasons =
        ["Can we do Friday morning instead?", "Something came up, sorry.", "Ich bin leider krank.", "Travelling that day.", "Our CTO wants to join."];

    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };

    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Connector => "calendly";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        var guests = new Guest?[simulation.People];
        Guest? moving = null;
        for (var i = 0; i < simulation.Count; i++)
        {
            var at = Simulation.Time(i);
            JsonObject body;
            if (moving is { } mover)
            {
                body = Book(mover, random, at);
                moving = null;
            }
            else
            {
                var number = i < simulation.People ? i : random.Next(simulation.People);
                var guest = guests[number] ??= new Guest(simulation.Person(number), CalendlyBodies.Uri("contacts", random), NamesInParts: random.Next(4) == 0);
                body = Next(guest, random, at);
                if (guest.MovedFrom is not null) moving = guest;
            }
            yield return new SimulatedDelivery { Headers = Headers, Body = JsonSerializer.SerializeToUtf8Bytes(body, AsSent) };
        }
    }

    private static JsonObject Next(Guest guest, Random random, DateTimeOffset at)
    {
        var dice = random.Next(100);
        if (guest.Booking is not { } booking)
        {
            if (dice < 25 && guest.Submission is null) return Route(guest, random, at);
            return dice < 40 ? Contact(guest, at) : Book(guest, random, at);
        }
        if (booking.StartsAt <= at) return After(guest, booking, random, at);
        return dice switch
        {
            < 35 => Move(guest, booking, random, at),
            < 60 => Cancel(guest, booking, random, at),
            < 80 => Contact(guest, at),
            _ => Book(guest, random, at),
        };
    }

    private static JsonObject Route(Guest guest, Random random, DateTimeOffset at)
    {
        guest.Submission = CalendlyBodies.Uri("routing_form_submissions", random);
        return CalendlyBodies.Routing(guest, random, at);
    }

    private static JsonObject Contact(Guest guest, DateTimeOffset at)
    {
        var topic = guest.ListedAt is null ? "contact.created" : "contact.updated";
        guest.ListedAt ??= at;
        return CalendlyBodies.Envelope(topic, at, CalendlyBodies.Contact(guest, at));
    }

    // The new half of a move is a booking that names the old one.
    private static JsonObject Book(Guest guest, Random random, DateTimeOffset at)
    {
        var meeting = CalendlyBodies.Uri("scheduled_events", random);
        var previous = guest.MovedFrom;
        var soon = TimeSpan.FromMinutes(30 * random.Next(1, 4));
        var later = TimeSpan.FromDays(random.Next(1, 21)) + TimeSpan.FromMinutes(30 * random.Next(0, 16));
        guest.Booking = new SimulatedBooking
        {
            Uri = CalendlyBodies.Uri($"{CalendlyUri.Path(meeting)}/invitees", random),
            Meeting = meeting,
            BookedAt = at,
            StartsAt = HalfHour(at) + (random.Next(3) == 0 ? soon : later),
            Kind = previous?.Kind ?? random.Next(CalendlyBodies.Kinds),
            Previous = previous?.Uri,
            PaymentId = $"ch_{random.NextInt64(1L << 40, 1L << 47):x}",
        };
        guest.MovedFrom = null;
        return CalendlyBodies.Envelope("invitee.created", at, CalendlyBodies.Invitee(guest, guest.Booking, at));
    }

    private static JsonObject Move(Guest guest, SimulatedBooking booking, Random random, DateTimeOffset at)
    {
        guest.MovedFrom = booking;
        var invitee = CalendlyBodies.Canceled(guest, booking, Pick(Reasons, random), byHost: false, at);
        invitee["rescheduled"] = true;
        return CalendlyBodies.Envelope("invitee.canceled", at, invitee);
    }

    private static JsonObject Cancel(Guest guest, SimulatedBooking booking, Random random, DateTimeOffset at)
    {
        var byHost = random.Next(4) == 0;
        guest.Booking = null;
        return CalendlyBodies.Envelope("invitee.canceled", at, CalendlyBodies.Canceled(guest, booking, byHost ? null : Pick(Reasons, random), byHost, at));
    }

    private static JsonObject After(Guest guest, SimulatedBooking booking, Random random, DateTimeOffset at)
    {
        var marked = booking.NoShow is not null;
        if (random.Next(marked ? 5 : 3) > 0) return Book(guest, random, at);
        var invitee = CalendlyBodies.Invitee(guest, booking, at);
        if (marked)
        {
            guest.Booking = null;
            return CalendlyBodies.Envelope("invitee_no_show.deleted", at, invitee);
        }
        booking.NoShow = CalendlyBodies.Uri("invitee_no_shows", random);
        invitee["no_show"] = new JsonObject { ["uri"] = booking.NoShow, ["created_at"] = CalendlyBodies.Time(at) };
        return CalendlyBodies.Envelope("invitee_no_show.created", at, invitee);
    }

    private static DateTimeOffset HalfHour(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.FromMinutes(30).Ticks));

    private static string Pick(string[] choices, Random random) => choices[random.Next(choices.Length)];
}

/// <summary>What the simulator remembers of a person.</summary>
internal sealed record Guest(SimulatedPerson Person, string ContactUri, bool NamesInParts)
{
    public string? Submission { get; set; }

    public DateTimeOffset? ListedAt { get; set; }

    public SimulatedBooking? Booking { get; set; }

    /// <summary>The booking that was just given up for another time; its new half comes next.</summary>
    public SimulatedBooking? MovedFrom { get; set; }
}

/// <summary>A booking in the simulation.</summary>
internal sealed class SimulatedBooking
{
    public required string Uri { get; init; }

    public required string Meeting { get; init; }

    public required DateTimeOffset BookedAt { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Index of the page it was booked on.</summary>
    public required int Kind { get; init; }

    public required string PaymentId { get; init; }

    public string? Previous { get; init; }

    public string? NoShow { get; set; }
}
