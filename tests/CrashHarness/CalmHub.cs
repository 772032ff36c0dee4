using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Servers;

namespace IntegrationHub.CrashHarness;

/// <summary>The model: a hub of its own that is told the same deliveries, and to which nothing ever happens.</summary>
internal sealed class CalmHub(ServerFolder folder, string name, string connectorsFile, IReadOnlyList<(Connection, SimulatedDelivery)> deliveries, Tally tally) : IAsyncDisposable
{
    private SqliteEngine? engine;
    private HubNode? node;
    private Load? load;

    /// <summary>Tells it the first deliveries of the plan, and waits until they are in its record.</summary>
    /// <param name="count">How many, those of before included.</param>
    /// <returns>Its record and the number of its events.</returns>
    public async Task<(string Record, long Events)> ToldAsync(int count)
    {
        var (hub, pouring, database) = await StartedAsync();
        pouring.Allow(count - pouring.Sent);
        if (!await pouring.DrainedAsync(TimeSpan.FromMinutes(2)) || !await Proof.SettledAsync(database)) throw new InvalidOperationException("The calm hub does not come to rest.");
        return (await hub.ExportAsync(), await database.CountAsync(Proof.Events));
    }

    public async ValueTask DisposeAsync()
    {
        if (load is not null) await load.DisposeAsync();
        if (node is null) return;
        await node.KillAsync();
        node.Dispose();
    }

    private async Task<(HubNode, Load, SqliteEngine)> StartedAsync()
    {
        if (node is not null && load is not null && engine is not null) return (node, load, engine);
        engine = new SqliteEngine(Path.Combine(folder.Path, $"{name}-calm"), connectorsFile);
        node = new HubNode(folder, $"{name}-calm", engine.SettingsOf(0));
        node.Start();
        if (await node.ReadyAsync() is null) throw new InvalidOperationException("The calm hub is not ready.");
        load = new Load(deliveries, [node.Address], new Ledger(), tally);
        return (node, load, engine);
    }
}
