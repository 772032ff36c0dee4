namespace IntegrationHub.Bench.Throughput;

/// <summary>What one burst to one server showed.</summary>
/// <param name="Whole">From the first delivery that was sent to the last one that was in the record.</param>
/// <param name="Events">How many events the record took in.</param>
/// <param name="Server">What the server used for it.</param>
/// <param name="Driver">What sending used meanwhile.</param>
/// <param name="MostMemory">Most memory that the server has held since its start, in MiB.</param>
internal sealed record Outcome(Burst Burst, TimeSpan Whole, long Events, ProcessUse Server, ProcessUse Driver, double MostMemory)
{
    /// <summary>Deliveries a second that were accepted.</summary>
    public double Accepted => Burst.Accepted / Burst.Elapsed.TotalSeconds;

    /// <summary>Deliveries a second that came into the record.</summary>
    public double Merged => Burst.Accepted / Whole.TotalSeconds;

    /// <summary>A part of it for each delivery.</summary>
    public double Each(double whole) => whole / Burst.Accepted;
}
