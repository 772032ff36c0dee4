using System.Diagnostics;
using IntegrationHub.Hub;

namespace IntegrationHub.CrashHarness;

/// <summary>The lives of one hub process: it is started, loaded, paused, and ends in one way or another, until there have been enough kills.</summary>
/// <param name="quota">Deliveries that a life may take.</param>
internal sealed class Lives(HubNode node, Load load, Tally tally, Random random, int quota)
{
    private static readonly TimeSpan LongestLoad = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(800);

    // Longer than another process waits before it takes over what a silent one holds.
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(13);

    private TimeSpan usualStart = TimeSpan.FromSeconds(1.5);

    /// <summary>Lives and dies; the last life goes on.</summary>
    /// <param name="kills">Kills in all, those of before and of other processes included.</param>
    public async Task LiveAsync(int kills)
    {
        while (tally.IsSound)
        {
            if (!node.IsRunning) node.Start();
            // A third dies in the middle of the start.
            if (random.Next(3) == 0) await Task.Delay(usualStart * random.NextDouble());
            else if (await EndedWellAsync()) continue;
            if (!tally.TryKill(kills)) return;
            await node.KillAsync();
        }
    }

    /// <returns>Whether the life is over, without a kill.</returns>
    private async Task<bool> EndedWellAsync()
    {
        if (await node.ReadyAsync() is not { } after)
        {
            tally.AddWrong(node.IsRunning ? "a hub was not ready in time after its start" : "a hub ended by itself");
            return true;
        }
        usualStart = (usualStart + after) / 2;
        tally.Recovered(after);
        load.Allow(quota);
        if (random.Next(6) == 0) await PauseAsync();
        await Task.Delay(LongestLoad * random.NextDouble());
        if (random.Next(6) > 0) return false;
        tally.Restarted();
        await StopAsync();
        return true;
    }

    // What is not finished in time is given back or taken over, as after a kill: on a busy machine that happens, and is told in the summary.
    private async Task StopAsync()
    {
        var watch = Stopwatch.StartNew();
        var exitCode = await node.StopAsync();
        if (exitCode == 0) return;
        if (watch.Elapsed > Hosting.ShutdownTime) tally.StoppedSlowly();
        else tally.AddWrong($"a hub that was told to stop ended with {exitCode}");
    }

    private Task PauseAsync()
    {
        tally.Paused();
        return node.PauseAsync(random.Next(20) == 0 ? LongPause : LongestPause * random.NextDouble());
    }
}
