namespace IntegrationHub.Bench.Throughput;

/// <summary>What one burst to one server showed.</summary>
internal sealed record Outcome
{
    public required Burst Burst { get; init; }

    /// <summary>From the first delivery that was sent to the last one that was in the record.</summary>
    public required TimeSpan Whole { get; init; }

    /// <summary>What the server used for it.</summary>
    public required ProcessUse Server { get; init; }

    /// <summary>Time on processors of the servers that it stands on.</summary>
    public required IReadOnlyList<TimeSpan> Servers { get; init; }

    /// <summary>What sending used meanwhile.</summary>
    public required ProcessUse Driver { get; init; }

    /// <summary>How many events the record took in.</summary>
    public required long Events { get; init; }

    /// <summary>Most memory that the server has held since its start, all processes together, in MiB.</summary>
    public required double MostMemory { get; init; }

    /// <summary>Deliveries a second that were accepted.</summary>
    public double Accepted => Burst.Accepted / Burst.Elapsed.TotalSeconds;

    /// <summary>Deliveries a second that came into the record.</summary>
    public double Merged => Burst.Accepted / Whole.TotalSeconds;

    /// <summary>A part of it for each delivery.</summary>
    public double Each(double whole) => whole / Burst.Accepted;
}
