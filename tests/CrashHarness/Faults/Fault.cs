using System.Diagnostics;

namespace IntegrationHub.CrashHarness.Faults;

/// <summary>Something that the hubs stand on is taken away and given back while they run. They recover without a person.</summary>
internal abstract class Fault
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The faults that were asked for and that the engine can have.</summary>
    public static IReadOnlyList<Fault> Of(HarnessOptions options)
    {
        Dictionary<string, Fault> known = options.Engine == "postgres"
            ? new(StringComparer.Ordinal) { ["database"] = new LostDatabase(), ["broker"] = new LostBroker() }
            : new(StringComparer.Ordinal) { ["disk"] = new FullDisk() };
        return [.. known.Where(fault => options.Faults.Contains(fault.Key)).Select(fault => fault.Value)];
    }

    /// <summary>Lets it happen. What is wrong is in the tally.</summary>
    /// <param name="scene">Of the run; it has been checked.</param>
    public abstract Task RunAsync(Run run, Scene scene);

    /// <summary>Waits until every hub says that it is not ready, with load on them meanwhile.</summary>
    /// <param name="dependency">What they have to name, and nothing else.</param>
    protected static async Task NoticedAsync(Run run, Scene scene, string dependency)
    {
        foreach (var node in scene.Nodes)
        {
            var told = await UnreadyAsync(run, scene, node);
            List<string> unwell = told is null ? [] : [.. told.Dependencies.Where(state => state.Key is "database" or "bus" && state.Value != "ok").Select(state => state.Key)];
            if (unwell is not [var only] || only != dependency) scene.Tally.AddWrong($"without its {dependency} a hub says: {told?.ToString() ?? "nothing"}");
        }
    }

    /// <summary>Waits until the hubs are ready again and all is in the record.</summary>
    /// <param name="what">The fault that has just ended.</param>
    protected static async Task RecoveredAsync(Run run, Scene scene, string what)
    {
        var watch = Stopwatch.StartNew();
        scene.Load.Allow(20);
        if (!await scene.AllReadyAsync()) return;
        await scene.Load.DrainedAsync(run.Options.Recovery);
        await Proof.SettledAsync(scene.Engine, run.Options.Recovery);
        var after = watch.Elapsed;
        run.Tally.Recovered(after);
        if (after > run.Options.Recovery) run.Tally.AddWrong($"{what}: recovered after {after.TotalSeconds:F1} s only");
        run.Output.WriteLine($"{what}: recovered after {after.TotalSeconds:F1} s");
    }

    private static async Task<Health?> UnreadyAsync(Run run, Scene scene, HubNode node)
    {
        Health? last = null;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < run.Options.Recovery; await Task.Delay(LookInterval))
        {
            scene.Load.Allow(5);
            if (await node.HealthAsync() is not { } told) continue;
            last = told;
            if (!told.IsReady) return told;
        }
        return last;
    }
}
