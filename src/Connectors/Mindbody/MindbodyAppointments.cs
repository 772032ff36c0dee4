using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Reads appointments.</summary>
internal static class MindbodyAppointments
{
    public static Normalization Booked(MindbodyEvent told) => Normalization.Of([.. Facts(told, new AppointmentBooked
    {
        AppointmentId = Id(told),
        OccurredAt = told.At,
        Person = told.Client(),
        Source = Source(told),
    })]);

    /// <summary>
    /// Confirmed, arrived, given to somebody else, or moved: which of them is not told. Each begin is one fact, told first by the booking, so that only a new one is a move.
    /// </summary>
    public static Normalization Updated(MindbodyEvent told) => Normalization.Of([.. Facts(told, new AppointmentRescheduled
    {
        AppointmentId = Id(told),
        OccurredAt = told.At,
        Person = told.Client(),
        Source = Source(told),
    })]);

    /// <summary>The number of the appointment is all that is told: it leads to whoever had booked it.</summary>
    public static Normalization Cancelled(MindbodyEvent told) => Normalization.Of([Cancelled(told, new Person(), null)]);

    /// <summary>An appointment of the history. It has no time of its own: the webhook's telling counts for more.</summary>
    public static Normalization Read(MindbodySite site, Payload body, MindbodyClock clock, DateTimeOffset readAt)
    {
        var (id, status) = (body["Id"].RequiredId(), body["Status"].Text());
        var (person, source) = (new Person { Identifiers = site.Identifiers(uniqueId: null, body["ClientId"].Id(), email: null) }, site.Source("appointment", id));
        if (IsCancelled(status))
            return Normalization.Of(site.Fact($"appointments/{id}/cancelled", new AppointmentCancelled { AppointmentId = site.Wide(id), OccurredAt = readAt, TimeBasis = TimeBasis.Arrival, Person = person, Source = source, Reason = status }));
        var booked = new AppointmentBooked
        {
            AppointmentId = site.Wide(id),
            OccurredAt = readAt,
            TimeBasis = TimeBasis.Arrival,
            Person = person,
            Source = source,
            StartsAt = clock.Required(body["StartDateTime"]),
            EndsAt = clock.Time(body["EndDateTime"]),
            Location = Rooms(body["Resources"], "Name"),
        };
        List<Fact> facts = [site.Fact(Key(id, booked.StartsAt), booked)];
        if (IsNoShow(status))
            facts.Add(site.Fact($"appointments/{id}/no-show", new AppointmentNoShow { AppointmentId = site.Wide(id), OccurredAt = readAt, TimeBasis = TimeBasis.Arrival, Person = person, Source = source, StartsAt = booked.StartsAt }));
        return Normalization.Of(facts);
    }

    // The fact that an appointment begins at this time.
    private static string Key(string id, DateTimeOffset? startsAt) => $"appointments/{id}/starts/{startsAt:yyyyMMddHHmm}";

    // Webhooks and API write statuses differently.
    private static bool IsNoShow(string? status) => Plain(status) is "noshow";

    private static bool IsCancelled(string? status) => Plain(status) is "cancelled" or "latecancelled" or "earlycancelled";

    private static string? Plain(string? status) => status is null ? null : new string([.. status.Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);

    private static IEnumerable<Fact> Facts(MindbodyEvent told, AppointmentEvent booked)
    {
        var (id, status) = (told.Body["appointmentId"].RequiredId(), told.Body["status"].Text());
        if (IsCancelled(status))
        {
            yield return Cancelled(told, told.Client(), status);
            yield break;
        }
        booked = Describe(told, booked);
        yield return told.Site.Fact(Key(id, booked.StartsAt), booked);
        if (IsNoShow(status))
            yield return told.Site.Fact($"appointments/{id}/no-show", Describe(told, new AppointmentNoShow { AppointmentId = Id(told), OccurredAt = told.At, Person = told.Client(), Source = Source(told) }));
    }

    private static Fact Cancelled(MindbodyEvent told, Person person, string? reason) => told.Site.Fact($"appointments/{told.Body["appointmentId"].RequiredId()}/cancelled", new AppointmentCancelled
    {
        AppointmentId = Id(told),
        OccurredAt = told.At,
        Person = person,
        Source = Source(told),
        Reason = reason,
    });

    private static AppointmentEvent Describe(MindbodyEvent told, AppointmentEvent appointment) => appointment with
    {
        Title = told.Body["appointmentName"].Text(),
        StartsAt = told.Body["startDateTime"].Time(),
        EndsAt = told.Body["endDateTime"].Time(),
        Location = Rooms(told.Body["resources"], "name"),
        Hosts = string.Join(' ', new[] { told.Body["staffFirstName"].Text(), told.Body["staffLastName"].Text() }.OfType<string>()) is { Length: > 0 } host ? [host] : [],
    };

    private static string? Rooms(Payload resources, string name) =>
        string.Join(", ", resources.Items().Select(resource => resource[name].Text()).OfType<string>()) is { Length: > 0 } rooms ? rooms : null;

    private static string Id(MindbodyEvent told) => told.Site.Wide(told.Body["appointmentId"].RequiredId());

    private static SourceReference Source(MindbodyEvent told) => told.Site.Source("appointment", told.Body["appointmentId"].RequiredId());
}
