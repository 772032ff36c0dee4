using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>One registration for an event.</summary>
internal sealed class RegistrationState : EntityState
{
    private static readonly string[] Phases = ["registered", "cancelled", "attended"];

    public Register<string>? Title { get; set; }

    public Register<DateTimeOffset>? StartsAt { get; set; }

    public Register<string>? TicketType { get; set; }

    public override void Apply(ContactEvent contactEvent, Stamp stamp, string id)
    {
        if (contactEvent is not RegistrationEvent registration) return;
        var phase = registration switch { EventCancelled => "cancelled", EventAttended => "attended", _ => "registered" };
        var rank = Array.IndexOf(Phases, phase);
        Title = Title.Offer(registration.Title, stamp, rank);
        StartsAt = StartsAt.Offer(registration.StartsAt, stamp, rank);
        TicketType = TicketType.Offer(registration.TicketType, stamp, rank);
        Enter(phase, stamp, Phases);
    }
}
