namespace IntegrationHub.Hub.Sync.Record;

/// <summary>Who told an identifier.</summary>
internal sealed class IdentifierClaims
{
    /// <summary>The claim that was first by vendor time; it holds the value as it was told.</summary>
    public required Claim First { get; set; }

    /// <summary>The latest claim of each source: as long as one of them stands, the person has the identifier.</summary>
    public SortedDictionary<string, Stamp> Latest { get; set; } = new(StringComparer.Ordinal);

    public static void Tell(SortedDictionary<string, IdentifierClaims> identifiers, string name, Claim claim)
    {
        if (!identifiers.TryGetValue(name, out var held)) identifiers.Add(name, held = new IdentifierClaims { First = claim });
        if (IsEarlier(claim.Stamp, held.First.Stamp)) held.First = claim;
        held.Tell(claim.Source, claim.Stamp);
    }

    public static void Absorb(SortedDictionary<string, IdentifierClaims> identifiers, string name, IdentifierClaims other)
    {
        Tell(identifiers, name, other.First);
        foreach (var (source, stamp) in other.Latest) identifiers[name].Tell(source, stamp);
    }

    private void Tell(string source, Stamp stamp)
    {
        if (!Latest.TryGetValue(source, out var held) || stamp > held) Latest[source] = stamp;
    }

    // Among the earliest a claim without a vendor's time comes last, as it does among the latest.
    private static bool IsEarlier(Stamp one, Stamp other)
    {
        var byTime = (one.At ?? long.MaxValue).CompareTo(other.At ?? long.MaxValue);
        return byTime != 0 ? byTime < 0 : one.EventId.CompareTo(other.EventId) < 0;
    }
}
