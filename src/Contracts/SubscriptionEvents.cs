namespace IntegrationHub.Contracts;

/// <summary>What is common to the events of a subscription.</summary>
public abstract record SubscriptionEvent : ContactEvent
{
    /// <summary>The vendor's id of the subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Name or id of the plan.</summary>
    public string? Plan { get; init; }

    /// <summary>The vendor's word for the state, for example <c>trialing</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Price of one period.</summary>
    public Money? Price { get; init; }

    /// <summary>Length of a period, ISO 8601, for example <c>P1M</c>.</summary>
    public string? Interval { get; init; }

    /// <summary>End of the current period, UTC.</summary>
    public DateTimeOffset? CurrentPeriodEndsAt { get; init; }

    /// <summary>When it will end, or ended, UTC.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Why it ends, in the tool's or customer's words.</summary>
    public string? Reason { get; init; }
}

/// <summary>A subscription became active or began its trial.</summary>
public sealed record SubscriptionStarted : SubscriptionEvent;

/// <summary>A running subscription changed: plan, state, period, planned end.</summary>
public sealed record SubscriptionChanged : SubscriptionEvent;

/// <summary>A subscription ended.</summary>
public sealed record SubscriptionEnded : SubscriptionEvent;
