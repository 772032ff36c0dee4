using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>One booking. Where a vendor makes a new booking for a move, the old one ends as moved.</summary>
internal sealed class AppointmentState : EntityState
{
    private static readonly string[] Phases = ["booked", "moved", "cancelled"];

    public Register<string>? Title { get; set; }

    public Register<DateTimeOffset>? StartsAt { get; set; }

    public Register<DateTimeOffset>? EndsAt { get; set; }

    public Register<string>? Location { get; set; }

    public Register<NoShowMark>? NoShow { get; set; }

    /// <summary>One word for where the appointment stands.</summary>
    public string Status => NoShow?.Value is NoShowMark.Set ? "no_show" : Phase?.Value ?? "booked";

    public override void Apply(ContactEvent contactEvent, Stamp stamp, string id)
    {
        if (contactEvent is not AppointmentEvent appointment) return;
        if (appointment is AppointmentRescheduled moved && moved.PreviousAppointmentId == id && moved.AppointmentId != id)
        {
            Enter("moved", stamp, Phases);
            return;
        }
        Title = Title.Offer(appointment.Title, stamp);
        StartsAt = StartsAt.Offer(appointment.StartsAt, stamp);
        EndsAt = EndsAt.Offer(appointment.EndsAt, stamp);
        Location = Location.Offer(appointment.Location, stamp);
        switch (appointment)
        {
            case AppointmentNoShow noShow:
                NoShow = NoShow.Offer<NoShowMark>(noShow.Mark, stamp);
                break;
            case AppointmentCancelled:
                Enter("cancelled", stamp, Phases);
                break;
            default:
                Enter("booked", stamp, Phases);
                break;
        }
    }
}
