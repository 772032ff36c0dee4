namespace IntegrationHub.Bench;

/// <summary>What a run was asked for.</summary>
internal sealed record Plan
{
    /// <summary>Folder on the disk that is measured; full path.</summary>
    public required string Directory { get; init; }

    /// <summary>Whether what was grown is left for the next run.</summary>
    public required bool KeepsGrown { get; init; }

    /// <summary>Sizes of the record in contacts, the smallest first.</summary>
    public required IReadOnlyList<int> Contacts { get; init; }

    /// <summary>Whether these sizes were asked for; otherwise they are the usual ones.</summary>
    public required bool AsksForContacts { get; init; }

    /// <summary>How often each case is measured, 1 or more.</summary>
    public required int Rounds { get; init; }

    /// <summary>How many deliveries wait where a backlog is measured.</summary>
    public required int Waiting { get; init; }

    /// <summary>Whether a backlog is watched to its end.</summary>
    public required bool Drains { get; init; }

    /// <summary>How many deliveries are sent where the throughput is measured, 1 or more.</summary>
    public required int Deliveries { get; init; }

    /// <summary>How many deliveries a server takes in before: the first ten thousand are the compiler's, and a server that bursts come to has been up for longer.</summary>
    public int WarmUp => Math.Max(1_000, Deliveries);

    /// <summary>Over how many connections they are sent, 1 or more; each carries one at a time.</summary>
    public required int Connections { get; init; }

    /// <summary>How long a hub is kept busy while its memory is watched; zero for not at all.</summary>
    public required TimeSpan Soak { get; init; }

    public required int Seed { get; init; }
}
