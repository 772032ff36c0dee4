using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Bench.Backlog;

/// <summary>What a backlog of one tool does to another, and to the memory: many form answers wait, and orders come in meanwhile.</summary>
internal sealed class BacklogMeasurement : IMeasurement
{
    private const int PlanOfBacklog = 2000;
    private const int People = PlanOfBacklog / 2;
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
        var (accepting, merging) = (new Series(), new Series());
        for (var round = 0; round < plan.Rounds; round++)
        {
            var calm = await without.TakeTurnAsync(Warming, Samples, cancellationToken);
            var busy = await with.TakeTurnAsync(Warming, Samples, cancellationToken);
            accepting.Add(busy.Accepted.At(99) / calm.Accepted.At(99));
            merging.Add(busy.Merged.At(99) / calm.Merged.At(99));
            Progress.Report($"  round {round + 1} of {plan.Rounds}");
        }
        var table = new Table("Orders while form answers wait", "Waiting", "Accepted, ms p50 / p99", "In the record, ms p50 / p99", "Drained meanwhile, 1/s", "Most memory, MiB");
        foreach (var side in new[] { without, with }) table.Add($"{side.Waiting:#,0}", $"{side.Accepted}", $"{side.Merged}", $"{side.Drained}", $"{side.Hub.MostMemory:0}");
        table.NoteRatio("In the record, p50", without.Merged.At(50), with.Merged.At(50));
        table.Note($"With the backlog to without, each round for itself: p99 accepted {accepting.ToString("0.00")}, in the record {merging.ToString("0.00")}");
        if (plan.Drains) await with.DrainAsync(table, cancellationToken);
        return [table];
    }

    private static async Task<BackloggedHub> OpenAsync(Plan plan, int waiting, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(plan.Directory, $"backlog-{waiting}");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var configuration = await ConnectorsFile.WriteAsync(folder, cancellationToken);
        var file = DataDirectory.DatabaseIn(folder);
        await FillAsync(file, configuration.Connections[ConnectorsFile.Forms], waiting, plan.Seed, cancellationToken);
        var hub = await HubProcess.StartAsync(folder, configuration.File, cancellationToken);
        return new BackloggedHub(waiting, hub, SqliteDatabase.OpenReader(file), configuration.Connections[ConnectorsFile.Shop], plan.Seed);
    }

    // As if a hub had stored them and been killed.
    private static async Task FillAsync(string file, Connection connection, int count, int seed, CancellationToken cancellationToken)
    {
        await using var database = SqliteDatabase.OpenScratch(file);
        for (var filled = 0; filled < count; filled += PlanOfBacklog)
        {
            var deliveries = new SimulationPlan { Connections = [connection], Count = Math.Min(PlanOfBacklog, count - filled), People = People, Seed = seed + filled }.Deliveries();
            var strangers = new Strangers(filled);
            var first = filled;
            await database.WriteAsync(session =>
            {
                InboxStore.Append(session, deliveries.Select((delivery, i) =>
                    new NewDelivery(connection.Name, new Guid(first + i, 0, 0, new byte[8]), TimeProvider.System.GetUtcNow(), delivery.Delivery.Headers, strangers.Rename(delivery.Delivery.Body))));
                return 0;
            }, cancellationToken);
            if (filled % 100_000 == 0) Progress.Report($"  {filled:#,0} of {count:#,0} filled in");
        }
    }
}
