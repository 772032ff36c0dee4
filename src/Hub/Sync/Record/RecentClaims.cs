namespace IntegrationHub.Hub.Sync.Record;

/// <summary>A claim of which a source can have many at a time.</summary>
internal interface IRecentClaim<in T>
{
    string Source { get; }

    Stamp Stamp { get; }

    /// <summary>Whether it says the same as the other one.</summary>
    bool SaysSameAs(T other);

    /// <summary>Its order among claims of one event; 0 when an event has one alone.</summary>
    int CompareWithinEvent(T other);
}

/// <summary>
/// The latest claims, as many as are kept of one source. Keeping the latest of each source loses nothing that counts: what a deleted source
/// said falls away from the oldest on.
/// </summary>
internal static class RecentClaims
{
    public const int Most = 20;

    /// <summary>Takes in a claim: of those that say the same the latest stays, and of all the <see cref="Most"/> latest.</summary>
    /// <param name="claims">By source; more can stand in the key, where more is to be kept apart.</param>
    public static void Tell<T>(SortedDictionary<string, List<T>> claims, string key, T claim) where T : IRecentClaim<T>
    {
        if (!claims.TryGetValue(key, out var held)) claims.Add(key, held = []);
        var index = held.FindIndex(claim.SaysSameAs);
        if (index >= 0)
        {
            if (claim.Stamp > held[index].Stamp) held[index] = claim;
            return;
        }
        held.Add(claim);
        if (held.Count > Most) held.RemoveAt(IndexOfOldest(held));
    }

    public static void Absorb<T>(SortedDictionary<string, List<T>> claims, SortedDictionary<string, List<T>> others) where T : IRecentClaim<T>
    {
        foreach (var (key, told) in others) told.ForEach(claim => Tell(claims, key, claim));
    }

    /// <summary>Those that stand, the latest first, each value once, and of all the <see cref="Most"/> latest.</summary>
    public static IEnumerable<T> Standing<T>(ContactState state, IEnumerable<List<T>> claims) where T : IRecentClaim<T>
    {
        List<T> found = [];
        foreach (var claim in claims.SelectMany(told => told).Where(claim => Survivorship.Stands(state, claim.Source, claim.Stamp)).Order(Comparer<T>.Create(LatestFirst)))
        {
            if (found.Exists(claim.SaysSameAs)) continue;
            found.Add(claim);
            if (found.Count == Most) break;
        }
        return found;
    }

    private static int IndexOfOldest<T>(List<T> held) where T : IRecentClaim<T>
    {
        var oldest = 0;
        for (var i = 1; i < held.Count; i++)
        {
            if (LatestFirst(held[i], held[oldest]) > 0) oldest = i;
        }
        return oldest;
    }

    private static int LatestFirst<T>(T one, T other) where T : IRecentClaim<T>
    {
        var byStamp = other.Stamp.CompareTo(one.Stamp);
        return byStamp != 0 ? byStamp : one.CompareWithinEvent(other);
    }
}
