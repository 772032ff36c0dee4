using System.Diagnostics;
using IntegrationHub.Fuzzing.Targets;

namespace IntegrationHub.Fuzzing;

/// <summary>A long run over several targets in turn, as long as it is given.</summary>
/// <param name="kind">The targets' kind, or all.</param>
/// <param name="only">A part of their names; null for all.</param>
/// <param name="seed">Decides all that chance decides.</param>
/// <param name="found">Where faults are written.</param>
internal sealed class FuzzingRun(string kind, string? only, int seed, Corpus found)
{
    private const int Turn = 400;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    // Of the processor, so that a busy machine does not count.
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(60);

    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <returns>How many faults were found.</returns>
    public async Task<int> RunAsync(TimeSpan time)
    {
        await using var targets = new TargetList(kind, only);
        List<Campaign> campaigns = [.. targets.Select(target => new Campaign(target, targets.StrangersTo(target), Corpus.Kept, seed) { Report = caught => Tell(target, caught) })];
        Console.WriteLine($"seed {seed}, {campaigns.Count} targets, {time.TotalMinutes} minutes");
        for (var round = 1; watch.Elapsed < time && campaigns.Count > 0; round++)
        {
            foreach (var campaign in campaigns.TakeWhile(_ => watch.Elapsed < time)) await TurnAsync(campaign, time);
            Console.WriteLine($"{watch.Elapsed:hh\\:mm\\:ss} round {round}: {campaigns.Sum(campaign => (long)campaign.Executions)} executions, {campaigns.Sum(campaign => campaign.Features)} features, {campaigns.Sum(campaign => campaign.Found.Count)} faults");
        }
        foreach (var campaign in campaigns) Console.WriteLine($"{campaign.Name,-32} {campaign.Executions,9} executions {campaign.Features,6} features {campaign.Population,5} inputs {campaign.Found.Count,3} faults");
        return campaigns.Sum(campaign => campaign.Found.Count);
    }

    // What never ends can't be stopped, but it can be told.
    private async Task TurnAsync(Campaign campaign, TimeSpan time)
    {
        using var turn = new CancellationTokenSource();
        var watching = Task.Run(() => WatchAsync(campaign, turn.Token), CancellationToken.None);
        await campaign.RunAsync(Turn, () => watch.Elapsed >= time);
        await turn.CancelAsync();
        await watching;
    }

    private async Task WatchAsync(Campaign campaign, CancellationToken end)
    {
        var (last, since) = (campaign.Current, Environment.CpuUsage.TotalTime);
        while (true)
        {
            await Task.Delay(LookAgain, end).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            if (end.IsCancellationRequested) return;
            if (last is null || !ReferenceEquals(last, campaign.Current)) (last, since) = (campaign.Current, Environment.CpuUsage.TotalTime);
            else if (Environment.CpuUsage.TotalTime - since > TooLong) Environment.FailFast($"{campaign.Name} does not come to an end: {found.Keep(campaign.Name, "without end", [last])}");
        }
    }

    private void Tell(ITarget target, Caught caught)
    {
        var file = found.Keep(target.Name, caught.Finding.Rule, caught.Inputs);
        Console.WriteLine($"FAULT {target.Name}: {caught.Finding.Rule}\n  {file}\n  {caught.Finding.Detail.ReplaceLineEndings("\n  ")[..Math.Min(caught.Finding.Detail.Length, 2_500)]}");
    }
}
