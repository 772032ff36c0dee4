namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>What one event says about identity: its nodes concern one person.</summary>
/// <param name="EventId">The event.</param>
/// <param name="At">Unix microseconds by the vendor's clock; null when the vendor told none.</param>
/// <param name="Nodes">The event's nodes, the strongest first.</param>
internal sealed record IdentityClaim(Guid EventId, long? At, IReadOnlyList<IdentityNode> Nodes);

/// <summary>When and by which event something was first said.</summary>
internal readonly record struct FirstSaid(long? At, Guid EventId) : IComparable<FirstSaid>
{
    // What has no vendor's time was said last.
    public int CompareTo(FirstSaid other)
    {
        var byTime = (At ?? long.MaxValue).CompareTo(other.At ?? long.MaxValue);
        return byTime != 0 ? byTime : EventId.CompareTo(other.EventId);
    }

    public static bool operator <(FirstSaid left, FirstSaid right) => left.CompareTo(right) < 0;

    public static bool operator >(FirstSaid left, FirstSaid right) => left.CompareTo(right) > 0;

    public static bool operator <=(FirstSaid left, FirstSaid right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FirstSaid left, FirstSaid right) => left.CompareTo(right) >= 0;
}
