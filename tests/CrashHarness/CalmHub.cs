using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.CrashHarness;

/// <summary>The model: a hub of its own that is told the same deliveries, and to which nothing ever happens.</summary>
internal sealed class CalmHub(Run run, string connectorsFile, HubConfiguration configuration, IReadOnlyList<(Connection, SimulatedDelivery)> deliveries) : IAsyncDisposable
{
    private SqliteEngine? engine;
    private HubNode? node;
    private Load? load;

    /// <summary>Tells it the first deliveries of the plan, and waits until they are in its record.</summary>
    /// <param name="count">How many, those of before included.</param>
    /// <returns>Its record and the number of its events.</returns>
    public async Task<(string Record, long Events)> ToldAsync(int count)
    {
        var (pouring, database) = await StartedAsync();
        pouring.Allow(count - pouring.Sent);
        if (!await pouring.DrainedAsync(TimeSpan.FromMinutes(2)) || !await Proof.SettledAsync(database, run.Options.Recovery)) throw new InvalidOperationException("The calm hub does not come to rest.");
        return (database.Export(configuration), database.EventCount());
    }

    public async ValueTask DisposeAsync()
    {
        if (load is not null) await load.DisposeAsync();
        if (node is null) return;
        await node.KillAsync();
        node.Dispose();
    }

    private async Task<(Load, SqliteEngine)> StartedAsync()
    {
        if (load is not null && engine is not null) return (load, engine);
        engine = new SqliteEngine(Path.Combine(run.Folder.Path, "calm"), connectorsFile);
        node = new HubNode(run.Folder, "calm", engine.Settings, run.Options.Recovery);
        node.Start();
        if (await node.ReadyAsync() is null) throw new InvalidOperationException("The calm hub is not ready.");
        load = new Load(deliveries, [node.Address], new Ledger(), run.Tally);
        return (load, engine);
    }
}
