using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>One body about a booking. Most carry it in <c>payload</c>; the two that the clock sends carry it at the root.</summary>
internal sealed class CalComBooking
{
    private readonly Payload envelope;
    private readonly CalComAnswers settings;

    public CalComBooking(WebhookDelivery delivery, CalComAnswers settings)
    {
        envelope = delivery.Json;
        this.settings = settings;
        Body = envelope["payload"].Exists ? envelope["payload"] : envelope;
        Uid = Body["uid"].Text() ?? Body["bookingUid"].RequiredText();
        Answers = CalComAnswers.OfBooking(Body);
        Booker = Seat(FindBooker(), isBooker: true);
    }

    public Payload Body { get; }

    /// <summary>Identity of the booking. A move makes a new one.</summary>
    public string Uid { get; }

    public IReadOnlyList<FormAnswer> Answers { get; }

    /// <summary>Who booked; further attendees are guests, other people of whom little is known.</summary>
    public CalComSeat Booker { get; }

    /// <summary>Those whom the body is about: the booker, or where seats are booked one by one, all that it lists.</summary>
    public IEnumerable<CalComSeat> Seats => Body["seatsPerTimeSlot"].Exists
        ? [Booker, .. Attendees.Select(attendee => Seat(attendee, isBooker: false)).Where(seat => seat.Id != Booker.Id)]
        : [Booker];

    public IEnumerable<Payload> Attendees => Body["attendees"].Items();

    /// <summary>The kind of meeting; where only that is told, the title with the names of both sides.</summary>
    public string? Title => Body["eventTitle"].Text() ?? Body["eventTypeTitle"].Text() ?? Body["title"].Text();

    /// <summary>The time Cal.com made the webhook: a booking's own times are not told.</summary>
    public DateTimeOffset ToldAt => envelope["createdAt"].RequiredTime();

    public DateTimeOffset? StartsAt => Body["startTime"].Time();

    public DateTimeOffset? EndsAt => Body["endTime"].Time();

    public string? Status => Body["status"].Text()?.ToUpperInvariant();

    public Attribution? Attribution => CalComPeople.Attribution(Body["metadata"], Answers);

    /// <summary>The event with what the booking says: title, times, place, hosts.</summary>
    public AppointmentEvent Describe(AppointmentEvent appointment) => appointment with
    {
        Title = Title,
        StartsAt = StartsAt,
        EndsAt = EndsAt,
        Location = ReadLocation(),
        Hosts = [.. Hosts.Select(host => host["name"].Text()).OfType<string>().Distinct()],
    };

    /// <summary>Who an address belongs to; null when that is unknown.</summary>
    public CancelledBy? SideOf(string? email)
    {
        if (email is null) return null;
        if (Hosts.Any(host => Has(host, email))) return CancelledBy.Host;
        return Attendees.Any(attendee => Has(attendee, email)) ? CancelledBy.Attendee : null;
    }

    /// <summary>What is asked of everybody, by its identifier.</summary>
    public Payload Asked(string slug) => CalComAnswers.Value(Body["responses"][slug]);

    private IEnumerable<Payload> Hosts => [Body["organizer"], Body["user"], .. Body["team"]["members"].Items()];

    // A list out of the database is in no order that is promised: the address that was asked for tells whose booking it is.
    private Payload FindBooker()
    {
        var asked = CalComAnswers.Text(Asked("email"));
        return (asked is null ? null : Attendees.FirstOrDefault(attendee => Has(attendee, asked))) ?? Attendees.FirstOrDefault() ?? Body["attendee"];
    }

    private CalComSeat Seat(Payload attendee, bool isBooker)
    {
        var email = attendee["email"].Text() ?? (isBooker ? CalComAnswers.Text(Asked("email")) : null);
        var person = new Person
        {
            FirstName = attendee["firstName"].Text(),
            LastName = attendee["lastName"].Text(),
            TimeZone = attendee["timeZone"].Text(),
            Locale = attendee["language"]["locale"].Text() ?? attendee["locale"].Text(),
        };
        if (isBooker && Asked("name") is { IsObject: true } name)
            person = person with { FirstName = name["firstName"].Text() ?? person.FirstName, LastName = name["lastName"].Text() ?? person.LastName };
        person = person.Named(attendee["name"].Text() ?? (isBooker && Asked("name").IsText ? Asked("name").Text() : null))
            .Identified(CalComPeople.Email(email))
            .Identified(CalComPeople.Phone(attendee["phoneNumber"].Text()));
        var id = CalComSeat.IdOf(Uid, email);
        person = isBooker ? Told(person) : person;
        return new CalComSeat(Uid, id, person.Identifiers.Count > 0 ? person : person.Identified(Identifier.Anonymous("booking:" + id)));
    }

    private Person Told(Person person)
    {
        foreach (var number in new[] { Asked("attendeePhoneNumber"), Asked("smsReminderNumber"), Body["smsReminderNumber"] })
            person = person.Identified(CalComPeople.Phone(CalComAnswers.Text(number)));
        if (IsCallToBooker) person = person.Identified(CalComPeople.Phone(Place));
        return settings.FillFrom(settings.Fill(person, Answers), Body["metadata"]);
    }

    private string? PlaceKind => CalComAnswers.Text(Asked("location")["value"]);

    // With the kind "phone" the host calls the booker, with "userPhone" the booker calls the host.
    private bool IsCallToBooker => PlaceKind is "phone";

    private string? Place => Body["location"] is { IsObject: true } parts
        ? CalComAnswers.Text(parts["optionValue"]) ?? CalComAnswers.Text(parts["value"])
        : Body["location"].Text();

    // A link to a call lets anybody in: its kind is enough.
    private string? ReadLocation()
    {
        if (IsCallToBooker) return PlaceKind;
        var place = Place ?? PlaceKind;
        if (place is null || !HoldsAddress(place)) return place;
        return PlaceKind is { } kind && !HoldsAddress(kind) ? kind : "link";
    }

    private static bool HoldsAddress(string place) =>
        place.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Any(word => word.Contains('/', StringComparison.Ordinal) && (word.Contains('.', StringComparison.Ordinal) || word.Contains("://", StringComparison.Ordinal)));

    private static bool Has(Payload party, string email) => string.Equals(party["email"].Text(), email, StringComparison.OrdinalIgnoreCase);
}
