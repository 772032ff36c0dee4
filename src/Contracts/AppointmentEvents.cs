using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts;

/// <summary>What is common to the events of an appointment.</summary>
public abstract record AppointmentEvent : ContactEvent
{
    /// <summary>The vendor's id of this person's booking.</summary>
    public required string AppointmentId { get; init; }

    /// <summary>What was booked, for example <c>Intro call (30 min)</c>.</summary>
    public string? Title { get; init; }

    /// <summary>Begin, UTC.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>End, UTC.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Place or kind of call; never an address that is itself a secret.</summary>
    public string? Location { get; init; }

    /// <summary>Names of the hosts.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}

/// <summary>An appointment was booked.</summary>
public sealed record AppointmentBooked : AppointmentEvent;

/// <summary>An appointment was moved; where the tool makes a new booking for it, <see cref="PreviousAppointmentId"/> names the old one.</summary>
public sealed record AppointmentRescheduled : AppointmentEvent
{
    /// <summary>The booking that this one replaces, when its id differs.</summary>
    public string? PreviousAppointmentId { get; init; }

    /// <summary>The begin before the move, UTC.</summary>
    public DateTimeOffset? PreviousStartsAt { get; init; }

    /// <summary>Why, in the person's words.</summary>
    public string? Reason { get; init; }
}

/// <summary>An appointment was called off.</summary>
public sealed record AppointmentCancelled : AppointmentEvent
{
    /// <summary>Who called it off.</summary>
    public CancelledBy? CancelledBy { get; init; }

    /// <summary>Why, in their words.</summary>
    public string? Reason { get; init; }
}

/// <summary>Who called an appointment off.</summary>
[JsonConverter(typeof(CamelCase<CancelledBy>))]
public enum CancelledBy
{
    /// <summary>The person who had booked.</summary>
    Attendee,

    /// <summary>The host.</summary>
    Host,
}

/// <summary>The person did not appear, or the mark that said so was taken back.</summary>
public sealed record AppointmentNoShow : AppointmentEvent
{
    /// <summary>Whether the mark was set or withdrawn.</summary>
    public NoShowMark Mark { get; init; }
}

/// <summary>State of a no-show mark.</summary>
[JsonConverter(typeof(CamelCase<NoShowMark>))]
public enum NoShowMark
{
    /// <summary>Marked as a no-show.</summary>
    Set,

    /// <summary>The mark was taken back.</summary>
    Withdrawn,
}
