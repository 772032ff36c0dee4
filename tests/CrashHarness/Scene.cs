using System.Globalization;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Servers;

namespace IntegrationHub.CrashHarness;

/// <summary>Hubs on an engine, the load on them, and a calm hub that is told the same.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly CalmHub calm;

    private Scene(Engine engine, IReadOnlyList<HubNode> nodes, Load load, Ledger ledger, Tally tally, HubConfiguration configuration, CalmHub calm, TimeSpan recovery)
    {
        (Engine, Nodes, Load, Ledger, Tally, this.calm) = (engine, nodes, load, ledger, tally, calm);
        Proof = new Proof(this, configuration, calm, recovery);
    }

    public Engine Engine { get; }

    public IReadOnlyList<HubNode> Nodes { get; }

    public Load Load { get; }

    public Ledger Ledger { get; }

    public Tally Tally { get; }

    public Proof Proof { get; }

    /// <param name="count">Deliveries in the plan.</param>
    public static async Task<Scene> SetAsync(Run run, int count)
    {
        var (folder, tally) = (run.Folder, run.Tally);
        var connectorsFile = Path.Combine(folder.Path, "connectors.json");
        var configuration = await Tools.ConnectAsync(connectorsFile);
        var connections = configuration.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal);
        var plan = new SimulationPlan { Connections = [.. connections], Count = count, People = Math.Max(5, count / 5), Seed = run.Options.Seed, Shuffled = true, Retried = true };
        var deliveries = plan.Deliveries();
        var engine = await EngineAsync(run, connectorsFile);
        var nodes = Enumerable.Range(0, engine.Processes).Select(number => new HubNode(folder, string.Create(CultureInfo.InvariantCulture, $"hub-{number}"), engine.Settings, run.Options.Recovery)).ToList();
        var ledger = new Ledger();
        var load = new Load(deliveries, nodes.Select(node => node.Address), ledger, tally);
        return new Scene(engine, nodes, load, ledger, tally, configuration, new CalmHub(run, connectorsFile, configuration, deliveries), run.Options.Recovery);
    }

    /// <summary>Starts the hubs that do not run, and waits until all are ready.</summary>
    public Task<bool> AllReadyAsync() => ReadyAsync(Nodes);

    /// <summary>Kills all hubs but one: it has to finish what the dead ones began.</summary>
    public async Task<bool> OneReadyAsync(int number)
    {
        foreach (var node in Nodes.Where(node => node != Nodes[number])) await node.KillAsync();
        return await ReadyAsync([Nodes[number]]);
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        foreach (var node in Nodes)
        {
            await node.KillAsync();
            node.Dispose();
        }
        await calm.DisposeAsync();
        Tally.Acknowledged(Ledger.Count);
        await Engine.DisposeAsync();
    }

    private static async Task<Engine> EngineAsync(Run run, string connectorsFile) => run.Options.Engine == "postgres"
        ? await PostgresEngine.StartAsync(run.Folder, connectorsFile)
        : new SqliteEngine(Path.Combine(run.Folder.Path, "data"), connectorsFile);

    private async Task<bool> ReadyAsync(IReadOnlyList<HubNode> nodes)
    {
        foreach (var node in nodes.Where(node => !node.IsRunning)) node.Start();
        foreach (var node in nodes)
        {
            if (await node.ReadyAsync() is { } after)
            {
                Tally.Recovered(after);
                continue;
            }
            Tally.AddWrong(node.IsRunning ? "a hub was not ready in time" : "a hub ended by itself");
            return false;
        }
        return true;
    }
}
