using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>One event that a topic tells: when, for what, and how its members are worked out.</summary>
internal sealed class EventRule
{
    /// <summary>Names in an event that are no members of its contract.</summary>
    public static readonly IReadOnlyList<string> Words = ["event", "key", "when", "forEach", "except", "occurredAt"];

    public required RecordShape Contract { get; init; }

    /// <summary>Names the fact.</summary>
    public required Expression Key { get; init; }

    public Condition? When { get; init; }

    public ItemSource? Items { get; init; }

    /// <summary>When it happened; where it is unknown, the arrival counts.</summary>
    public Expression? OccurredAt { get; init; }

    /// <exception cref="PayloadException">Something that must be known is not, or is of the wrong kind.</exception>
    public IEnumerable<Fact> Tell(Scope scope) => (Items is null ? [scope] : Items.In(scope)).Where(item => When?.Holds(item) ?? true).Select(Fact);

    private Fact Fact(Scope scope)
    {
        var key = Key.Needed(scope).Text;
        var told = (ContactEvent)Contract.Needed(scope);
        return OccurredAt?.One(scope) is { } time
            ? new Fact(key, told with { OccurredAt = PayloadText.Time(time.Text, time.Path) })
            : new Fact(key, told with { OccurredAt = scope.ReceivedAt, TimeBasis = TimeBasis.Arrival });
    }
}
