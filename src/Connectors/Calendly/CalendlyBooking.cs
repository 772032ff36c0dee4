using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>An invitee, and the scheduled event around it: the payload of <c>invitee.*</c> and <c>invitee_no_show.*</c>, or what the API tells of both.</summary>
internal sealed class CalendlyBooking
{
    private readonly Payload toldAt;

    /// <param name="invitee">The invitee.</param>
    /// <param name="toldAt">When Calendly told it: the time of the webhook, or of the invitee's last change.</param>
    /// <param name="settings">What answers tell.</param>
    public CalendlyBooking(Payload invitee, Payload toldAt, CalendlyAnswers settings)
    {
        this.toldAt = toldAt;
        Invitee = invitee;
        Meeting = Invitee["scheduled_event"];
        Uri = Invitee["uri"].RequiredText();
        Answers = CalendlyAnswers.Read(Invitee["questions_and_answers"]);
        Person = settings.Fill(ReadPerson(), Answers);
    }

    public Payload Invitee { get; }

    public Payload Meeting { get; }

    /// <summary>Identity of the booking: one person's seat in one meeting. A move makes a new one.</summary>
    public string Uri { get; }

    public Person Person { get; }

    public IReadOnlyList<FormAnswer> Answers { get; }

    public string? Title => Meeting["name"].Text();

    public Attribution? Attribution => CalendlyPeople.Attribution(Invitee["tracking"]);

    public SourceReference Source => CalendlyUri.Source("invitee", Uri);

    public DateTimeOffset BookedAt => Invitee["created_at"].RequiredTime();

    /// <summary>When Calendly told it, for a fact that has no time of its own.</summary>
    public DateTimeOffset ToldAt => toldAt.RequiredTime();

    public Fact Fact(string name, ContactEvent contactEvent) => new($"invitees/{CalendlyUri.Path(Uri)}/{name}", contactEvent);

    /// <summary>The event with what the meeting says: title, times, place, hosts.</summary>
    public AppointmentEvent Describe(AppointmentEvent appointment) => appointment with
    {
        Title = Title,
        StartsAt = Meeting["start_time"].Time(),
        EndsAt = Meeting["end_time"].Time(),
        Location = ReadLocation(),
        Hosts = [.. Meeting["event_memberships"].Items().Select(host => host["user_name"].Text()).OfType<string>()],
    };

    private Person ReadPerson()
    {
        var person = new Person
        {
            FirstName = Invitee["first_name"].Text(),
            LastName = Invitee["last_name"].Text(),
            TimeZone = Invitee["timezone"].Text(),
            Custom = CalendlyPeople.Custom(Invitee["tracking"]),
        };
        return person.Named(Invitee["name"].Text())
            .Identified(Invitee["email"].Text() is { } email ? Identifier.Email(email) : null)
            .Identified(Invitee["text_reminder_number"].Text() is { } mobile ? Identifier.Phone(mobile) : null)
            .Identified(IsCallToInvitee && Place is { } phone ? Identifier.Phone(phone) : null)
            .Identified(Invitee["routing_form_submission"].Text() is { } submission ? CalendlyPeople.Routed(submission) : null);
    }

    // Of an outbound call the place is the invitee's own number, of all other kinds something of the host's.
    private bool IsCallToInvitee => Meeting["location"]["type"].Text() is "outbound_call";

    private string? Place => Meeting["location"]["location"].Text();

    private string? ReadLocation() =>
        !IsCallToInvitee && Place is { } place && !HoldsAddress(place) ? place : Meeting["location"]["type"].Text();

    // A link to a call lets anybody in: its kind is enough.
    private static bool HoldsAddress(string place) =>
        place.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Any(word => word.Contains('/', StringComparison.Ordinal) && (word.Contains('.', StringComparison.Ordinal) || word.Contains("://", StringComparison.Ordinal)));
}
