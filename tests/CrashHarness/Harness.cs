using System.Diagnostics;
using IntegrationHub.CrashHarness.Faults;
using IntegrationHub.Servers;

namespace IntegrationHub.CrashHarness;

/// <summary>A run from its beginning to the summary.</summary>
internal static class Harness
{
    private const int QuotaOfLife = 40;
    private const int ForFaults = 2_000;

    /// <returns>Whether nothing was wrong.</returns>
    public static async Task<bool> RunAsync(HarnessOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        output.WriteLine($"engine {options.Engine}, kills {options.Kills}, seed {options.Seed}");
        var (tally, watch) = (new Tally(), Stopwatch.StartNew());
        await using var folder = new ServerFolder("hub-crash-", "KILL");
        try
        {
            await RunAsync(new Run(folder, options, tally, output), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            tally.AddWrong(exception.ToString());
        }
        tally.Write(output, watch.Elapsed);
        if (tally.IsSound) return true;
        folder.Keep();
        output.WriteLine($"seed {options.Seed} failed; the hubs' files and logs are in {folder.Path}");
        return false;
    }

    private static async Task RunAsync(Run run, CancellationToken cancellationToken)
    {
        var options = run.Options;
        await using var scene = await Scene.SetAsync(run, (options.Kills * QuotaOfLife) + ForFaults);
        await KillAsync(scene, run, cancellationToken);
        foreach (var fault in Fault.Of(options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (run.Tally.IsSound) await fault.RunAsync(run, scene);
        }
    }

    private static async Task KillAsync(Scene scene, Run run, CancellationToken cancellationToken)
    {
        var (options, tally) = (run.Options, run.Tally);
        var lives = scene.Nodes.Select((node, number) => new Lives(node, scene.Load, tally, new Random(options.Seed + number), QuotaOfLife)).ToList();
        for (var round = 0; tally.IsSound && tally.Kills < options.Kills; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var until = Math.Min(options.Kills, tally.Kills + options.CheckEvery);
            await Task.WhenAll(lives.Select(life => life.LiveAsync(until)));
            if (!tally.IsSound) return;
            // Every other time one process is alone with what all have left behind.
            if (!await (round % 2 == 0 ? scene.OneReadyAsync(round / 2 % scene.Nodes.Count) : scene.AllReadyAsync())) return;
            scene.Load.Allow(QuotaOfLife);
            await scene.Proof.MakeAsync();
            run.Output.WriteLine($"{tally.Kills} kills, {scene.Ledger.Count} acknowledged: {(tally.IsSound ? "nothing lost, nothing twice, the record is the calm hub's" : "WRONG")}");
        }
    }
}

/// <summary>What belongs to a run.</summary>
internal sealed record Run(ServerFolder Folder, HarnessOptions Options, Tally Tally, TextWriter Output);
