using IntegrationHub.Bench.Baselines;

namespace IntegrationHub.Bench.Throughput;

/// <summary>What the hub takes in and merges on its embedded database, beside the least that anything must do that takes in the same.</summary>
internal sealed class SqliteThroughputMeasurement : IMeasurement
{
    public string Name => "throughput/sqlite";

    public string About => "orders accepted and merged a second, and what each costs, beside plain servers; embedded database";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        using var ground = await Ground.PrepareAsync(plan, cancellationToken);
        var orders = ground.Orders();
        // The hub stands between those that it is compared with.
        Contender[] contenders = [ground.Baseline(BaselineKinds.Answer), ground.Baseline(BaselineKinds.Hmac), ground.Baseline(BaselineKinds.Append), ground.Hub, ground.Baseline(BaselineKinds.Upsert)];
        var comparison = await CompareAsync(plan, contenders, orders, cancellationToken);
        return [comparison.Speed($"{plan.Deliveries:#,0} Shopify orders of {orders.MeanSize / 1000:0.0} KB over {plan.Connections} connections, {Ground.Contacts:#,0} contacts"), Cost(comparison), Ratios(comparison)];
    }

    private static async Task<Comparison> CompareAsync(Plan plan, Contender[] contenders, ShopifyOrders orders, CancellationToken cancellationToken)
    {
        var comparison = new Comparison(contenders);
        for (var round = 1; round <= plan.Rounds; round++)
        {
            Progress.Report($"  round {round}");
            var (warmUp, burst) = (orders.Next(plan.WarmUp), orders.Next(plan.Deliveries));
            foreach (var contender in contenders) comparison.Add(contender, await BurstRun.RunAsync(contender, plan.Connections, warmUp, burst, cancellationToken));
        }
        return comparison;
    }

    private static Table Cost(Comparison comparison)
    {
        var table = comparison.Cost("What a delivery costs, until it is in the record");
        table.Note($"{BaselineKinds.Answer}: a plain socket that answers at once, the limit of the driver. {BaselineKinds.Hmac}: bare Kestrel that checks the signature.");
        table.Note($"{BaselineKinds.Append}: and stores the body, one commit for all that wait. {BaselineKinds.Upsert}: instead of the body it stores person and order.");
        table.Note($"A delivery tells {comparison.Of(Ground.HubName, outcome => outcome.Each(outcome.Events)).Median:0.00} events.");
        return table;
    }

    private static Table Ratios(Comparison comparison)
    {
        var table = new Table("The hub beside the plain servers, each round for itself", "Ratio", "Measured", "Wanted");
        table.Add("Accepted, hub to append", comparison.Ratio(Ground.HubName, outcome => outcome.Accepted, BaselineKinds.Append, outcome => outcome.Accepted).ToString("0.00"), "0.6 or more");
        table.Add("In the record, hub to upsert", comparison.Ratio(Ground.HubName, outcome => outcome.Merged, BaselineKinds.Upsert, outcome => outcome.Merged).ToString("0.00"), "0.4 or more");
        table.Add("Most memory of the hub, MiB", comparison.Of(Ground.HubName, outcome => outcome.MostMemory).ToString("0"), "below 300");
        return table;
    }
}
