namespace IntegrationHub.Contracts;

/// <summary>What is common to the events of a registration for a public event, class or webinar.</summary>
public abstract record RegistrationEvent : ContactEvent
{
    /// <summary>The vendor's id of this person's registration or ticket.</summary>
    public required string RegistrationId { get; init; }

    /// <summary>The vendor's id of what the person registered for.</summary>
    public string? OccasionId { get; init; }

    /// <summary>Its title.</summary>
    public string? Title { get; init; }

    /// <summary>Begin, UTC.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Kind of ticket.</summary>
    public string? TicketType { get; init; }
}

/// <summary>A person registered for an event.</summary>
public sealed record EventRegistered : RegistrationEvent;

/// <summary>A person attended an event.</summary>
public sealed record EventAttended : RegistrationEvent;

/// <summary>A registration was called off, by the person or with the whole event.</summary>
public sealed record EventCancelled : RegistrationEvent
{
    /// <summary>Why, in the tool's words.</summary>
    public string? Reason { get; init; }
}
