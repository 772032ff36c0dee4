namespace IntegrationHub.Bench.Throughput;

/// <summary>What contenders showed, round by round.</summary>
internal sealed class Comparison(IReadOnlyList<Contender> contenders)
{
    private readonly Dictionary<string, List<Outcome>> outcomes = contenders.ToDictionary(contender => contender.Name, _ => new List<Outcome>(), StringComparer.Ordinal);

    /// <summary>Sends a burst to each contender in each round.</summary>
    public static async Task<Comparison> RunAsync(Plan plan, IReadOnlyList<Contender> contenders, IDeliveries deliveries, CancellationToken cancellationToken)
    {
        var comparison = new Comparison(contenders);
        for (var round = 1; round <= plan.Rounds; round++)
        {
            Progress.Report($"  round {round}: {deliveries.Payload}");
            var (warmUp, burst) = deliveries.Next(plan.WarmUp, plan.Deliveries);
            foreach (var contender in contenders) comparison.Add(contender, await BurstRun.RunAsync(contender, plan.Connections, warmUp, burst, cancellationToken));
        }
        return comparison;
    }

    public void Add(Contender contender, Outcome outcome) => outcomes[contender.Name].Add(outcome);

    /// <summary>How fast they answered and merged.</summary>
    public Table Speed(string title)
    {
        var table = new Table(title, "Server", "Accepted, 1/s", "Answer p50, ms", "p99, ms", "p99.9, ms", "In the record, 1/s");
        foreach (var (name, keepsRecord, _) in contenders)
        {
            table.Add(
                name, $"{Of(name, outcome => outcome.Accepted)}", $"{At(name, 50):0.0}", $"{At(name, 99):0.0}", $"{At(name, 99.9):0.0}",
                keepsRecord ? $"{Of(name, outcome => outcome.Merged)}" : "");
            if (outcomes[name].Sum(outcome => outcome.Burst.Unavailable) is > 0 and var unavailable) table.Note($"{name}: {unavailable:#,0} deliveries were answered 503.");
        }
        return table;
    }

    /// <summary>What a delivery cost them.</summary>
    /// <param name="servers">What the servers are called that some of them stand on, in their order.</param>
    public Table Cost(string title, params string[] servers)
    {
        var table = new Table(title, ["Server", "CPU, µs", .. servers.Select(server => $"CPU of {server}, µs"), "CPU of the driver, µs", "Written, bytes", "To disk, bytes", "Most memory, MiB"]);
        foreach (var (name, _, _) in contenders)
        {
            table.Add(
            [
                name, $"{Of(name, outcome => outcome.Each(outcome.Server.Cpu.TotalMicroseconds))}", .. servers.Select((_, index) => ServerCpu(name, index)), $"{Of(name, outcome => outcome.Each(outcome.Driver.Cpu.TotalMicroseconds))}",
                $"{Of(name, outcome => outcome.Each(outcome.Server.Written))}", $"{Of(name, outcome => outcome.Each(outcome.Server.ToDisk))}", $"{Of(name, outcome => outcome.MostMemory)}",
            ]);
        }
        return table;
    }

    /// <summary>How one compares to another, each round for itself: what the machine is busy with meanwhile hits both.</summary>
    public Series Ratio(string name, Func<Outcome, double> measure, string other, Func<Outcome, double> otherMeasure) =>
        SeriesOf(outcomes[name].Zip(outcomes[other], (one, two) => measure(one) / otherMeasure(two)));

    public Series Of(string name, Func<Outcome, double> measure) => SeriesOf(outcomes[name].Select(measure));

    private string ServerCpu(string name, int index) =>
        outcomes[name].TrueForAll(outcome => index < outcome.Servers.Count) ? $"{Of(name, outcome => outcome.Each(outcome.Servers[index].TotalMicroseconds))}" : "";

    private double At(string name, double percent) => Of(name, outcome => outcome.Burst.Answers.At(percent)).Median;

    private static Series SeriesOf(IEnumerable<double> values)
    {
        var series = new Series();
        foreach (var value in values) series.Add(value);
        return series;
    }
}
