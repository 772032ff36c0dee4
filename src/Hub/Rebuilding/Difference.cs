namespace IntegrationHub.Hub.Rebuilding;

/// <summary>A part of the record in which live and shadow differ: contacts of both sides that share nodes, as few as belong together.</summary>
internal sealed record Difference
{
    /// <summary>Keys of live contacts.</summary>
    public IReadOnlyList<long> Live { get; init; } = [];

    /// <summary>Keys of contacts in the shadow.</summary>
    public IReadOnlyList<long> Shadow { get; init; } = [];

    /// <summary>Events that only one side has, or that say something else there.</summary>
    public IReadOnlyList<Guid> Events { get; init; } = [];

    /// <summary>Names of nodes without a contact that differ: shared and blocked values, refused ties.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public DifferenceKind Kind => (Live.Count, Shadow.Count) switch
    {
        (0, 0) => DifferenceKind.NoContact,
        (0, _) => DifferenceKind.New,
        (_, 0) => DifferenceKind.Gone,
        (1, 1) => DifferenceKind.Changed,
        (_, 1) => DifferenceKind.Joined,
        (1, _) => DifferenceKind.Split,
        _ => DifferenceKind.Regrouped,
    };
}

/// <summary>What would become of the contacts of a difference.</summary>
internal enum DifferenceKind
{
    Changed,
    Joined,
    Split,
    Regrouped,
    New,
    Gone,
    NoContact,
}
