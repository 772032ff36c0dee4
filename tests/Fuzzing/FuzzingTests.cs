using System.Diagnostics;
using IntegrationHub.Fuzzing.Targets;
using IntegrationHub.Hub.Tests.Storage;
using Xunit;
using Xunit.Abstractions;

namespace IntegrationHub.Fuzzing;

/// <summary>The short run: everything that is kept, every seed, and a number of mutations that the same seed makes the same everywhere.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class FuzzingTests(ITestOutputHelper output)
{
    private const int Seed = 1;

    // A machine that is too slow for all of them tries fewer.
    [Theory]
    [InlineData("connectors", 100, 60)]
    [InlineData("configuration", 2_000, 30)]
    [InlineData("declarations", 1_000, 30)]
    [InlineData("api", 1_000, 30)]
    public async Task Whatever_is_sent_or_configured_is_refused_quarantined_or_accepted_and_nothing_else(string kind, int executions, int seconds)
    {
        await using var targets = new TargetList(kind);
        var watch = Stopwatch.StartNew();
        List<string> faults = [];
        foreach (var (target, number) in targets.Select((target, index) => (target, index + 1)))
        {
            var end = TimeSpan.FromSeconds((double)seconds * number / targets.Count());
            var campaign = new Campaign(target, targets.StrangersTo(target), Corpus.Kept, Seed);
            await campaign.RunAsync(executions, () => watch.Elapsed > end);
            output.WriteLine($"{campaign.Name}: seed {Seed}, {campaign.Executions} executions, {campaign.Features} features, {campaign.Population} inputs worth keeping");
            faults.AddRange(campaign.Found.Select(caught => $"{campaign.Name}: {caught.Finding.Rule}\n{caught.Finding.Detail}"));
        }
        Assert.True(faults.Count == 0, $"dotnet run --project tests/Fuzzing -- --target {kind} --seed {Seed} shows and keeps these:\n{string.Join("\n\n", faults)}");
    }
}
