namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>How much of what happened, over all worlds.</summary>
internal sealed class WorldTally
{
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    public TimeSpan Passed { get; set; }

    public long this[string what] => counts.GetValueOrDefault(what);

    public void Count(string what, long by = 1) => counts[what] = this[what] + by;

    public override string ToString() => $"{string.Join(", ", counts.Select(count => $"{count.Key} {count.Value:N0}"))}; {Passed.TotalMinutes:N0} min of virtual time";
}
