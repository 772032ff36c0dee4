using IntegrationHub.Hub.Inbox;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>What a comparison of live and shadow found.</summary>
internal sealed record RebuildFindings
{
    public required long Contacts { get; init; }

    public required long Events { get; init; }

    public required int NewEvents { get; init; }

    public required int ChangedEvents { get; init; }

    public required int GoneEvents { get; init; }

    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>Deliveries that read otherwise today.</summary>
    public required IReadOnlyList<(long Id, DeliveryStatus Now, DeliveryStatus Then)> Deliveries { get; init; }

    /// <summary>A line for each of the first differences.</summary>
    public required IReadOnlyList<string> Details { get; init; }

    public bool AreEqual => Differences.Count + Deliveries.Count == 0;

    public int Count(DifferenceKind kind) => Differences.Count(difference => difference.Kind == kind);
}
