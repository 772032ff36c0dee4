using System.Globalization;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Servers;

namespace IntegrationHub.CrashHarness;

/// <summary>Hubs on an engine, the load on them, and a calm hub that is told the same.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly CalmHub calm;

    private Scene(Engine engine, IReadOnlyList<HubNode> nodes, Load load, Ledger ledger, Tally tally, CalmHub calm)
    {
        (Engine, Nodes, Load, Ledger, Tally, this.calm) = (engine, nodes, load, ledger, tally, calm);
        Proof = new Proof(this, calm);
    }

    public Engine Engine { get; }

    public IReadOnlyList<HubNode> Nodes { get; }

    public Load Load { get; }

    public Ledger Ledger { get; }

    public Tally Tally { get; }

    public Proof Proof { get; }

    /// <param name="name">What the files of this scene begin with.</param>
    /// <param name="engineOf">Makes the engine, with the path of the connectors file.</param>
    /// <param name="count">Deliveries in the plan.</param>
    public static async Task<Scene> SetAsync(Run run, string name, Func<string, Task<Engine>> engineOf, int count)
    {
        var (folder, tally) = (run.Folder, run.Tally);
        var connectorsFile = Path.Combine(folder.Path, "connectors.json");
        var plan = new SimulationPlan { Connections = await Tools.ConnectAsync(connectorsFile), Count = count, People = Math.Max(5, count / 5), Seed = run.Options.Seed, Shuffled = true, Retried = true };
        var deliveries = plan.Deliveries();
        var engine = await engineOf(connectorsFile);
        var nodes = Enumerable.Range(0, engine.Processes).Select(number => new HubNode(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-hub-{number}"), engine.SettingsOf(number))).ToList();
        var ledger = new Ledger();
        var load = new Load(deliveries, nodes.Select(node => node.Address), ledger, tally);
        return new Scene(engine, nodes, load, ledger, tally, new CalmHub(folder, name, connectorsFile, deliveries, tally));
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
            Tally.AddWrong(node.IsRunning ? $"a hub was not ready within {HubNode.RecoveryTime.TotalSeconds} s" : "a hub ended by itself");
            return false;
        }
        return true;
    }
}
