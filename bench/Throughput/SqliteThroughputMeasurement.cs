using IntegrationHub.Bench.Baselines;

namespace IntegrationHub.Bench.Throughput;

/// <summary>What the hub takes in and merges on its embedded database, beside the least that anything must do that takes in the same.</summary>
internal sealed class SqliteThroughputMeasurement : IMeasurement
{
    public string Name => "throughput/sqlite";

    public string About => "deliveries accepted and merged a second, and what each costs, beside plain servers; embedded database";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        using var ground = await Ground.PrepareAsync(plan, cancellationToken);
        var orders = await CompareAsync(plan, ground, ground.Orders(), [BaselineKinds.Answer, BaselineKinds.Hmac, BaselineKinds.Append], [BaselineKinds.Upsert], cancellationToken);
        var answers = await CompareAsync(plan, ground, ground.Answers(), [BaselineKinds.Append], [BaselineKinds.Upsert], cancellationToken);
        var tools = await CompareAsync(plan, ground, ground.Tools(), [BaselineKinds.Append], [], cancellationToken);
        return [.. orders, .. answers, .. tools];
    }

    // The hub stands between those that it is compared with.
    private static async Task<IEnumerable<Table>> CompareAsync(Plan plan, Ground ground, IDeliveries deliveries, string[] before, string[] after, CancellationToken cancellationToken)
    {
        Contender[] contenders = [.. before.Select(Baseline), ground.Hub(deliveries.Payload), .. after.Select(Baseline)];
        var comparison = await Comparison.RunAsync(plan, contenders, deliveries, cancellationToken);
        var title = $"{plan.Deliveries:#,0} {deliveries.Name}";
        var speed = comparison.Speed($"{title}: over {plan.Connections} connections, {Ground.Contacts:#,0} contacts");
        foreach (var kind in before.Concat(after)) speed.Note($"{kind}: {BaselineKinds.About(kind)}.");
        return [speed, Cost(comparison, title), Ratios(comparison, title, hasUpsert: after.Length > 0)];

        Contender Baseline(string kind) => ground.Baseline(kind, deliveries.Payload);
    }

    private static Table Cost(Comparison comparison, string title)
    {
        var table = comparison.Cost($"{title}: what one costs, until it is in the record");
        table.Note($"A delivery tells {comparison.Of(Ground.HubName, outcome => outcome.Each(outcome.Events)).Median:0.00} events.");
        return table;
    }

    private static Table Ratios(Comparison comparison, string title, bool hasUpsert)
    {
        var table = new Table($"{title}: the hub beside plain servers, each round for itself", "Ratio", "Measured", "Wanted");
        table.Add("Accepted, hub to append", comparison.Ratio(Ground.HubName, outcome => outcome.Accepted, BaselineKinds.Append, outcome => outcome.Accepted).ToString("0.00"), "0.6 or more");
        if (hasUpsert) table.Add("In the record, hub to upsert", comparison.Ratio(Ground.HubName, outcome => outcome.Merged, BaselineKinds.Upsert, outcome => outcome.Merged).ToString("0.00"), "0.4 or more");
        table.Add("Most memory of the hub, MiB", comparison.Of(Ground.HubName, outcome => outcome.MostMemory).ToString("0"), "below 300");
        return table;
    }
}
