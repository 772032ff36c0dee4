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
    public string Status => IsNoShow ? "no_show" : Phase?.Value ?? "booked";

    // Who did not appear and was given a new time, or was taken off the calendar, is expected again, or no more. A mark without a time is never older.
    private bool IsNoShow =>
        NoShow is { Value: NoShowMark.Set, Stamp.At: var marked } && !(marked is not null && Phase?.Stamp.At is { } entered && entered > marked);

    public override void Apply(ContactEvent contactEvent, Stamp stamp, string id)
    {
        if (contactEvent is not AppointmentEvent appointment) return;
        if (appointment is AppointmentRescheduled moved && moved.PreviousAppointmentId == id && moved.AppointmentId != id)
        {
            Enter("moved", stamp, Phases);
            return;
        }
        var rank = RankOf(appointment);
        Title = Title.Offer(appointment.Title, stamp, rank);
        StartsAt = StartsAt.Offer(appointment.StartsAt, stamp, rank);
        EndsAt = EndsAt.Offer(appointment.EndsAt, stamp, rank);
        Location = Location.Offer(appointment.Location, stamp, rank);
        switch (appointment)
        {
            case AppointmentNoShow noShow:
                NoShow = NoShow.Offer<NoShowMark>(noShow.Mark, stamp, noShow.Mark is NoShowMark.Withdrawn ? 1 : 0);
                break;
            case AppointmentCancelled:
                Enter("cancelled", stamp, Phases);
                break;
            default:
                Enter("booked", stamp, Phases);
                break;
        }
    }

    private static int RankOf(AppointmentEvent appointment) => appointment switch
    {
        AppointmentNoShow => 3,
        AppointmentCancelled => 2,
        AppointmentRescheduled => 1,
        _ => 0,
    };
}
