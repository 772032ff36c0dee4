using IntegrationHub.Bench.Baselines;

namespace IntegrationHub.Bench.Throughput;

/// <summary>What hubs take in and merge on PostgreSQL and RabbitMQ, beside the least that anything must do that takes in the same.</summary>
internal sealed class PostgresThroughputMeasurement : IMeasurement
{
    private const string OneHub = "hub";
    private const string TwoHubs = "2 hubs";
    private const string OnPostgres = "upsert, PostgreSQL";
    private const string OnSqlite = "upsert, SQLite";

    public string Name => "throughput/postgres";

    public string About => "the same orders with one hub and two, on PostgreSQL and RabbitMQ that are started for it";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        using var ground = await Ground.PrepareAsync(plan, cancellationToken);
        if (await StartAsync(ground, plan) is not { } started) return [];
        await using var servers = started;
        await servers.FillAsync(cancellationToken);
        Contender[] contenders =
        [
            servers.Hubs(OneHub, 1), servers.Upsert(OnPostgres), servers.Hubs(TwoHubs, 2), ground.Baseline(BaselineKinds.Upsert, Payload.Orders) with { Name = OnSqlite },
        ];
        var orders = ground.Orders();
        var comparison = await Comparison.RunAsync(plan, contenders, orders, cancellationToken);
        var title = $"{plan.Deliveries:#,0} {orders.Name} on PostgreSQL and RabbitMQ";
        return [Speed(plan, comparison, title), Cost(comparison, title), Ratios(comparison, title)];
    }

    private static async Task<PostgresGround?> StartAsync(Ground ground, Plan plan)
    {
        try
        {
            return await PostgresGround.StartAsync(ground, plan);
        }
        catch (InvalidOperationException exception)
        {
            Progress.Report($"  left out: {exception.Message}");
            return null;
        }
    }

    private static Table Speed(Plan plan, Comparison comparison, string title)
    {
        var table = comparison.Speed($"{title}: over {plan.Connections} connections, {Ground.Contacts:#,0} contacts");
        table.Note($"{OnPostgres}: {BaselineKinds.About(BaselineKinds.UpsertOnPostgres)}.");
        table.Note("PostgreSQL with fsync and synchronous_commit on. Hubs, servers and driver share the machine.");
        return table;
    }

    private static Table Cost(Comparison comparison, string title)
    {
        var table = comparison.Cost($"{title}: what one costs, until it is in the record", "PostgreSQL", "RabbitMQ");
        table.Note($"A delivery tells {comparison.Of(OneHub, outcome => outcome.Each(outcome.Events)).Median:0.00} events. Bytes are those of hubs and plain servers without the servers; memory is that of all hubs together.");
        return table;
    }

    private static Table Ratios(Comparison comparison, string title)
    {
        var table = new Table($"{title}: hubs beside plain servers, each round for itself", "In the record", "to upsert on PostgreSQL", "to upsert on SQLite", "Wanted");
        foreach (var hubs in (string[])[OneHub, TwoHubs]) table.Add(hubs, RatioTo(hubs, OnPostgres), RatioTo(hubs, OnSqlite), "0.25 or more, on PostgreSQL");
        return table;

        string RatioTo(string hubs, string plain) => comparison.Ratio(hubs, outcome => outcome.Merged, plain, outcome => outcome.Merged).ToString("0.00");
    }
}
