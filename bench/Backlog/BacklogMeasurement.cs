using System.Diagnostics;
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
    private const int Samples = 600;

    public string Name => "backlog";

    public string About => "newcomers of one tool while deliveries of another wait, memory, and how fast they drain";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        var table = new Table("Orders while form answers wait", "Waiting", "Accepted, ms p50 / p99", "In the record, ms p50 / p99", "Drained, 1/s", "Most memory, MiB");
        foreach (var waiting in new[] { 0, plan.Waiting }) await RunAsync(plan, waiting, table, cancellationToken);
        return [table];
    }

    private static async Task RunAsync(Plan plan, int waiting, Table table, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(plan.Directory, $"backlog-{waiting}");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var configuration = await ConfigureAsync(folder, cancellationToken);
        var file = DataDirectory.DatabaseIn(folder);
        await FillAsync(file, configuration.Connections[Waiting], waiting, plan.Seed, cancellationToken);
        await using var hub = await HubProcess.StartAsync(folder, configuration.File, cancellationToken);
        using var reader = SqliteDatabase.OpenReader(file);
        var orders = new Newcomers(hub.Address, configuration.Connections[BacklogMeasurement.Newcomers], reader, plan.Seed);
        // The first seconds are the compiler's.
        await orders.SendAsync(Samples / 4, cancellationToken);
        var (started, before) = (Stopwatch.GetTimestamp(), Open(reader));
        var (accepted, merged) = await orders.SendAsync(Samples, cancellationToken);
        var rate = (before - Open(reader)) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        table.Add($"{waiting:#,0}", $"{accepted}", $"{merged}", $"{rate:#,0}", $"{hub.MostMemory:0}");
        if (plan.Drains && waiting > 0) await DrainAsync(hub, reader, table, cancellationToken);
    }

    private static async Task DrainAsync(HubProcess hub, DbSession reader, Table table, CancellationToken cancellationToken)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), Open(reader));
        for (var open = before; open > 0; open = Open(reader))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            Progress.Report($"  {open:#,0} wait, {hub.Memory:0} MiB");
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        table.Note($"The rest of {before:#,0} drained in {elapsed:m\\:ss} minutes, {before / elapsed.TotalSeconds:#,0} a second; most memory {hub.MostMemory:0} MiB.");
    }

    private static long Open(DbSession reader) => reader.First("select count(*) from inbox where status = 0", row => row.GetInt64(0));

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
