using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Bench.Backlog;

/// <summary>What a backlog of one tool does to another, and to the memory: many form answers wait, and orders come in meanwhile.</summary>
internal sealed class BacklogMeasurement : IMeasurement
{
    private const string Waiting = "forms";
    private const string Newcomers = "shop";
    private const int PlanOfBacklog = 2000;
    private const int Warming = 30;
    private const int Samples = 200;

    public string Name => "backlog";

    public string About => "newcomers of one tool while deliveries of another wait, memory, and how fast they drain";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await using var without = await OpenAsync(plan, 0, cancellationToken);
        await without.Hub.FreezeAsync();
        await using var with = await OpenAsync(plan, plan.Waiting, cancellationToken);
        await with.Hub.FreezeAsync();
        for (var round = 0; round < plan.Rounds; round++)
        {
            await without.TakeTurnAsync(Warming, Samples, cancellationToken);
            await with.TakeTurnAsync(Warming, Samples, cancellationToken);
            Progress.Report($"  round {round + 1} of {plan.Rounds}");
        }
        var table = new Table("Orders while form answers wait", "Waiting", "Accepted, ms p50 / p99", "In the record, ms p50 / p99", "Drained meanwhile, 1/s", "Most memory, MiB");
        foreach (var side in new[] { without, with }) table.Add($"{side.Waiting:#,0}", $"{side.Accepted}", $"{side.Merged}", $"{side.Drained}", $"{side.Hub.MostMemory:0}");
        table.NoteRatio("Accepted, p99", without.Accepted.At(99), with.Accepted.At(99));
        table.NoteRatio("In the record, p50", without.Merged.At(50), with.Merged.At(50));
        table.NoteRatio("In the record, p99", without.Merged.At(99), with.Merged.At(99));
        if (plan.Drains) await with.DrainAsync(table, cancellationToken);
        return [table];
    }

    private static async Task<BackloggedHub> OpenAsync(Plan plan, int waiting, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(plan.Directory, $"backlog-{waiting}");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var configuration = await ConfigureAsync(folder, cancellationToken);
        var file = DataDirectory.DatabaseIn(folder);
        await FillAsync(file, configuration.Connections[Waiting], waiting, plan.Seed, cancellationToken);
        var hub = await HubProcess.StartAsync(folder, configuration.File, cancellationToken);
        return new BackloggedHub(waiting, hub, SqliteDatabase.OpenReader(file), configuration.Connections[Newcomers], plan.Seed);
    }

    private static async Task<HubConfiguration> ConfigureAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "connectors.json");
        await File.WriteAllTextAsync(file, $$"""
            {"connections": {
              "{{Waiting}}": {"connector": "typeform", "settings": {"webhookSecret": "bench-secret-of-forms"} },
              "{{Newcomers}}": {"connector": "shopify", "settings": {"webhookSecret": "bench-secret-of-shop"} }
            } }
            """, cancellationToken);
        return new ConfigurationLoader(ConnectorCatalog.BuiltIn, _ => null).Load(file) is LoadResult.Loaded loaded
            ? loaded.Configuration : throw new InvalidOperationException("The connectors file of the measurement is wrong.");
    }

    // As if a hub had stored them and been killed.
    private static async Task FillAsync(string file, Connection connection, int count, int seed, CancellationToken cancellationToken)
    {
        await using var database = SqliteDatabase.OpenScratch(file);
        for (var filled = 0; filled < count; filled += PlanOfBacklog)
        {
            var deliveries = new SimulationPlan { Connections = [connection], Count = Math.Min(PlanOfBacklog, count - filled), People = PlanOfBacklog / 2, Seed = seed + filled }.Deliveries();
            var first = filled;
            await database.WriteAsync(session =>
            {
                for (var i = 0; i < deliveries.Count; i++)
                    InboxStore.Append(session, new NewDelivery(connection.Name, BitConverter.GetBytes((long)first + i), TimeProvider.System.GetUtcNow(), deliveries[i].Delivery.Headers, deliveries[i].Delivery.Body));
                return 0;
            }, cancellationToken);
            if (filled % 100_000 == 0) Progress.Report($"  {filled:#,0} of {count:#,0} filled in");
        }
    }
}
