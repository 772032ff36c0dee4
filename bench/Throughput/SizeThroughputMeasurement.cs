using IntegrationHub.Bench.Record;

namespace IntegrationHub.Bench.Throughput;

/// <summary>What a burst costs with a large record, beside a small one.</summary>
internal sealed class SizeThroughputMeasurement : IMeasurement
{
    private const double Wanted = 1.3;

    public string Name => "throughput/size";

    public string About => "the same burst with a large record; left out where none was grown or asked for";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        if (GrownRecords.LargeIn(plan) is not { } large || large == Ground.Contacts)
        {
            Progress.Report($"  left out: there is no record of {plan.Contacts[^1]:#,0} contacts; --contacts has one grown, and --directory keeps it");
            return [];
        }
        using var ground = await Ground.PrepareAsync(plan, cancellationToken, large);
        List<(ShopifyOrders Orders, Contender Hub)> sizes =
        [
            (ground.Orders(), ground.Hub(Payload.Orders) with { Name = $"{Ground.Contacts:#,0}" }),
            (ground.Orders(large), new Contender($"{large:#,0}", KeepsRecord: true, async cancellation => await ground.StartLargeHubAsync(large, cancellation))),
        ];
        var comparison = new Comparison([.. sizes.Select(size => size.Hub)]);
        for (var round = 1; round <= plan.Rounds; round++)
        {
            Progress.Report($"  round {round}");
            foreach (var (orders, hub) in sizes) comparison.Add(hub, await RunAsync(plan, orders, hub, cancellationToken));
        }
        return [TableOf(plan, comparison, sizes[0].Orders.Name, sizes[0].Hub.Name, sizes[1].Hub.Name)];
    }

    private static Task<Outcome> RunAsync(Plan plan, ShopifyOrders orders, Contender hub, CancellationToken cancellationToken)
    {
        var (warmUp, burst) = orders.Next(plan.WarmUp, plan.Deliveries);
        return BurstRun.RunAsync(hub, plan.Connections, warmUp, burst, cancellationToken);
    }

    private static Table TableOf(Plan plan, Comparison comparison, string deliveries, string small, string large)
    {
        var table = new Table($"{plan.Deliveries:#,0} {deliveries}, by the size of the record", "Contacts", "Accepted, 1/s", "In the record, 1/s", "CPU, µs", "Time, µs", "To disk, bytes");
        foreach (var name in (string[])[small, large])
        {
            table.Add(
                name, $"{comparison.Of(name, outcome => outcome.Accepted)}", $"{comparison.Of(name, outcome => outcome.Merged)}",
                $"{comparison.Of(name, Cpu)}", $"{comparison.Of(name, Time)}", $"{comparison.Of(name, outcome => outcome.Each(outcome.Server.ToDisk))}");
        }
        table.Note("CPU and time of a delivery, until it is in the record.");
        table.Note($"CPU, {large} to {small}, each round for itself: {comparison.Ratio(large, Cpu, small, Cpu).ToString("0.00")}; wanted: below {Wanted}");
        table.Note($"Time, {large} to {small}, each round for itself: {comparison.Ratio(large, Time, small, Time).ToString("0.00")}; wanted: below {Wanted}");
        return table;
    }

    private static double Cpu(Outcome outcome) => outcome.Each(outcome.Server.Cpu.TotalMicroseconds);

    private static double Time(Outcome outcome) => outcome.Each(outcome.Whole.TotalMicroseconds);
}
