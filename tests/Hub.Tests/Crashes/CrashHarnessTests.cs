using System.Diagnostics;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Crashes;

/// <summary>The crash harness, as often as there is time for with each test run. It runs alone: it measures how long recovery takes.</summary>
[Collection(nameof(CrashHarnessTests))]
[CollectionDefinition(nameof(CrashHarnessTests), DisableParallelization = true)]
public sealed class CrashHarnessTests(ITestOutputHelper output)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "IntegrationHub.CrashHarness.dll");

    [Fact]
    public Task Nothing_is_lost_and_nothing_counts_twice_when_a_hub_is_killed_paused_and_restarted_and_its_disk_is_full() =>
        HoldsAsync("--engine", "sqlite", "--kills", "25", "--seed", "7");

    [Fact]
    public Task Nothing_is_lost_and_nothing_counts_twice_when_one_of_two_hubs_is_killed_and_database_and_broker_are_stopped_and_cut_off() =>
        HoldsAsync("--engine", "postgres", "--kills", "10", "--seed", "7");

    private async Task HoldsAsync(params string[] arguments)
    {
        using var harness = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (printed, error) = (harness.StandardOutput.ReadToEndAsync(), harness.StandardError.ReadToEndAsync());
        await harness.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(10));
        output.WriteLine(await printed);
        Assert.True(harness.ExitCode == 0, await printed + await error);
    }
}
