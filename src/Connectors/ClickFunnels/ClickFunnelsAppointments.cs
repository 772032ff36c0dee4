using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Reads <c>appointments/scheduled_event.*</c>. A move keeps the booking's id.</summary>
internal static class ClickFunnelsAppointments
{
    public static Normalization Booked(ClickFunnelsEvent told)
    {
        List<Fact> facts = [Tell(told, "booked", new AppointmentBooked { OccurredAt = told.CreatedAt, Person = Person(told), Source = told.Source("scheduled_event"), AppointmentId = told.Id })];
        if (told.Data["comments"].Text() is { } words)
        {
            facts.Add(new Fact($"scheduled-events/{told.Id}/comments", new NoteAdded
            {
                OccurredAt = told.CreatedAt,
                Person = Person(told),
                Source = told.Source("scheduled_event"),
                NoteId = $"scheduled-event/{told.Id}",
                Text = words,
            }));
        }
        return ClickFunnelsEvent.Facts(told.Data["primary_contact"], facts);
    }

    public static Normalization Rescheduled(ClickFunnelsEvent told) => ClickFunnelsEvent.Facts(told.Data["primary_contact"],
        Tell(told, $"rescheduled/{ClickFunnelsEvent.Stamp(told.UpdatedAt)}", new AppointmentRescheduled { OccurredAt = told.UpdatedAt, Person = Person(told), Source = told.Source("scheduled_event"), AppointmentId = told.Id }));

    public static Normalization Cancelled(ClickFunnelsEvent told) => ClickFunnelsEvent.Facts(told.Data["primary_contact"],
        Tell(told, "cancelled", new AppointmentCancelled { OccurredAt = told.UpdatedAt, Person = Person(told), Source = told.Source("scheduled_event"), AppointmentId = told.Id }));

    private static Fact Tell(ClickFunnelsEvent told, string what, AppointmentEvent bare) => new($"scheduled-events/{told.Id}/{what}", bare with
    {
        Title = told.Data["event_type"]["name"].Text(),
        StartsAt = told.Data["start_on"].Time(),
        EndsAt = told.Data["end_on"].Time(),
    });

    // The zone is the one that the person chose the time in.
    private static Person Person(ClickFunnelsEvent told)
    {
        var contact = told.Data["primary_contact"];
        return ClickFunnelsPeople.Of(contact, contact["id"]) with { TimeZone = RailsTimeZones.Iana(told.Data["tzid"].Text()) };
    }
}
