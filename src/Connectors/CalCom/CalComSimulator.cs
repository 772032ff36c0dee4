using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Plays Cal.com: people who come through a routing form or a link, ask, book, pay, move, cancel and stay away.</summary>
public sealed class CalComSimulator : IWebhookSimulator
{
    private static readonly string[] Reasons =
        ["Can we do Friday morning instead?", "Something came up, sorry.", "Ich bin leider krank.", "Jour férié", "Our CTO wants to join."];

    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Content-Type"] = "application/json",
        ["X-Cal-Webhook-Version"] = "2021-10-20",
    };

    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Connector => "calcom";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        var bookings = random.Next(8_000_000, 9_000_000);
        var guests = new SimulatedGuest?[simulation.People];
        for (var i = 0; i < simulation.Count; i++)
        {
            var number = i < simulation.People ? i : random.Next(simulation.People);
            var guest = guests[number] ??= new SimulatedGuest(simulation.Person(number));
            var body = Next(guest, new Moment(Simulation.Time(i).AddMilliseconds(random.Next(1000)), random, bookings + i));
            yield return new SimulatedDelivery { Headers = Headers, Body = JsonSerializer.SerializeToUtf8Bytes(body, AsSent) };
        }
    }

    private static JsonObject Next(SimulatedGuest guest, Moment now) => guest.Booking switch
    {
        null when guest.FormSentAt is null && now.Random.Next(4) == 0 => Route(guest, now),
        null when guest is { FormSentAt: { } sent, ToldNoBooking: false } && now.At >= sent.AddMinutes(15) => NoBooking(guest, now),
        null => Book(guest, now, previous: null),
        { Stage: SimulatedStage.Requested } booking => Answer(guest, booking, now),
        { Stage: SimulatedStage.Paying } booking => Pay(booking, guest, now),
        { } booking when booking.StartsAt <= now.At => After(guest, booking, now),
        { } booking => Change(guest, booking, now),
    };

    private static JsonObject Route(SimulatedGuest guest, Moment now)
    {
        guest.FormSentAt = now.At;
        return CalComBodies.Form("FORM_SUBMITTED", guest.Person, now.At);
    }

    private static JsonObject NoBooking(SimulatedGuest guest, Moment now)
    {
        guest.ToldNoBooking = true;
        return CalComBodies.Form("FORM_SUBMITTED_NO_EVENT", guest.Person, now.At);
    }

    // A move is a new booking of the same kind that names the old one.
    private static JsonObject Book(SimulatedGuest guest, Moment now, SimulatedBooking? previous)
    {
        var kind = previous?.Kind ?? now.Random.Next(CalComBodies.Kinds);
        var soon = TimeSpan.FromMinutes(30 * now.Random.Next(1, 4));
        var later = TimeSpan.FromDays(now.Random.Next(1, 21)) + TimeSpan.FromMinutes(30 * now.Random.Next(0, 16));
        var booking = guest.Booking = new SimulatedBooking
        {
            Uid = Uid(now.Random),
            Number = now.Number,
            Kind = kind,
            Previous = previous,
            BookedAt = now.At,
            StartsAt = HalfHour(now.At) + (now.Random.Next(3) == 0 ? soon : later),
            Stage = previous is not null ? SimulatedStage.Booked : CalComBodies.Price(kind) > 0 ? SimulatedStage.Paying : CalComBodies.IsOnRequest(kind) ? SimulatedStage.Requested : SimulatedStage.Booked,
        };
        guest.ToldNoBooking = true;
        if (previous is not null) return CalComBodies.Moved(guest.Person, booking, previous, Pick(Reasons, now.Random), now.At);
        return booking.Stage switch
        {
            SimulatedStage.Paying => CalComBodies.Paying("BOOKING_PAYMENT_INITIATED", guest.Person, booking, now.At),
            SimulatedStage.Requested => CalComBodies.Booking("BOOKING_REQUESTED", "PENDING", guest.Person, booking, now.At),
            _ => CalComBodies.Booking("BOOKING_CREATED", "ACCEPTED", guest.Person, booking, now.At),
        };
    }

    private static JsonObject Answer(SimulatedGuest guest, SimulatedBooking booking, Moment now)
    {
        if (now.Random.Next(4) == 0)
        {
            guest.Booking = null;
            return CalComBodies.Rejected(guest.Person, booking, now.At);
        }
        booking.Stage = SimulatedStage.Booked;
        return CalComBodies.Booking("BOOKING_CREATED", "ACCEPTED", guest.Person, booking, now.At);
    }

    private static JsonObject Pay(SimulatedBooking booking, SimulatedGuest guest, Moment now)
    {
        booking.Stage = SimulatedStage.Booked;
        return CalComBodies.Paying("BOOKING_PAID", guest.Person, booking, now.At);
    }

    private static JsonObject Change(SimulatedGuest guest, SimulatedBooking booking, Moment now)
    {
        var dice = now.Random.Next(100);
        if (dice < 40) return Book(guest, now, booking);
        if (dice >= 65) return Book(guest, now, previous: null);
        guest.Booking = null;
        return CalComBodies.Cancelled(guest.Person, booking, Pick(Reasons, now.Random), byHost: dice < 47, now.At);
    }

    private static JsonObject After(SimulatedGuest guest, SimulatedBooking booking, Moment now)
    {
        var dice = now.Random.Next(10);
        if (booking.Stage is SimulatedStage.NoShow || dice >= 6)
        {
            guest.Booking = null;
            return booking.Stage is SimulatedStage.NoShow && dice < 3
                ? CalComBodies.Marked(guest.Person, booking, noShow: false, now.At)
                : booking.Stage is SimulatedStage.NoShow ? Book(guest, now, previous: null) : CalComBodies.Ended(guest.Person, booking, now.At);
        }
        booking.Stage = SimulatedStage.NoShow;
        return dice < 3 ? CalComBodies.StayedAway(guest.Person, booking, now.At) : CalComBodies.Marked(guest.Person, booking, noShow: true, now.At);
    }

    private static string Uid(Random random) => random.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 22);

    private static DateTimeOffset HalfHour(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.FromMinutes(30).Ticks));

    private static string Pick(string[] choices, Random random) => choices[random.Next(choices.Length)];

    private readonly record struct Moment(DateTimeOffset At, Random Random, int Number);
}

/// <summary>What the simulator remembers of a person.</summary>
internal sealed record SimulatedGuest(SimulatedPerson Person)
{
    public DateTimeOffset? FormSentAt { get; set; }

    /// <summary>Whether the form led to a booking, or Cal.com told that it did not.</summary>
    public bool ToldNoBooking { get; set; }

    public SimulatedBooking? Booking { get; set; }
}

/// <summary>A booking in the simulation.</summary>
internal sealed class SimulatedBooking
{
    public required string Uid { get; init; }

    public required int Number { get; init; }

    /// <summary>Index of the page it was booked on.</summary>
    public required int Kind { get; init; }

    public required DateTimeOffset BookedAt { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required SimulatedStage Stage { get; set; }

    public SimulatedBooking? Previous { get; init; }
}

/// <summary>Where a simulated booking stands.</summary>
internal enum SimulatedStage
{
    Requested,
    Paying,
    Booked,
    NoShow,
}
