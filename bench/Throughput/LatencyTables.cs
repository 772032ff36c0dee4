using IntegrationHub.Bench.Baselines;

namespace IntegrationHub.Bench.Throughput;

/// <summary>What one round at half load showed.</summary>
internal sealed record LatencyRound
{
    /// <summary>Arrivals a second, half of what the hub accepts.</summary>
    public required double AnswersRate { get; init; }

    /// <summary>Arrivals a second, half of what the hub merges.</summary>
    public required double RecordRate { get; init; }

    public required Burst Hub { get; init; }

    public Burst? Append { get; init; }

    /// <summary>Of a plain socket that answers at once.</summary>
    public Burst? Limit { get; init; }

    public required Percentiles FromAnswer { get; init; }

    public required Percentiles FromDue { get; init; }
}

/// <summary>The tables of half load.</summary>
internal static class LatencyTables
{
    public static Table Answers(List<LatencyRound> rounds)
    {
        var table = new Table($"Answers at half of what the hub accepts: {Of(rounds, round => round.AnswersRate)} orders a second, evenly spaced", "Server", "p50, ms", "p99, ms", "p99.9, ms");
        Add(BaselineKinds.Answer, round => round.Limit);
        Add(BaselineKinds.Append, round => round.Append);
        Add(Ground.HubName, round => round.Hub);
        table.Note($"p99, hub to append, each round for itself: {Of(rounds, round => round.Hub.Answers.At(99) / (round.Append?.Answers.At(99) ?? double.NaN)).ToString("0.00")}; wanted: 1.5 or less");
        table.Note("Times count from the moment at which a delivery was due. At this rate the hub merges later than it accepts, as in a burst.");
        return table;

        void Add(string name, Func<LatencyRound, Burst?> burst)
        {
            var measured = rounds.Select(burst).OfType<Burst>().ToList();
            table.Add([name, .. new[] { 50, 99, 99.9 }.Select(percent => Of(measured, one => one.Answers.At(percent)).ToString("0.0"))]);
            if (measured.Sum(one => one.Unavailable) is > 0 and var unavailable) table.Note($"{name}: {unavailable:#,0} deliveries were answered 503.");
        }
    }

    public static Table Record(List<LatencyRound> rounds)
    {
        var table = new Table($"To the record at half of what the hub merges: {Of(rounds, round => round.RecordRate)} orders a second, evenly spaced", "From", "p50, ms", "p99, ms", "Wanted");
        table.Add("the answer", Of(rounds, round => round.FromAnswer.At(50)).ToString("0.0"), Of(rounds, round => round.FromAnswer.At(99)).ToString("0.0"), "below 10 and 100");
        table.Add("when it was due", Of(rounds, round => round.FromDue.At(50)).ToString("0.0"), Of(rounds, round => round.FromDue.At(99)).ToString("0.0"), "");
        table.Note($"{rounds.Sum(round => round.FromAnswer.Count):#,0} deliveries were watched, at a distance; each is looked for once a millisecond.");
        return table;
    }

    private static Series Of<T>(List<T> measured, Func<T, double> measure)
    {
        var series = new Series();
        foreach (var one in measured) series.Add(measure(one));
        return series;
    }
}
