using System.Diagnostics;
using IntegrationHub.Hub.Tests.Storage;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Crashes;

/// <summary>The crash harness, as often as there is time for with each test run. It runs alone: it measures how long recovery takes.</summary>
[Collection(nameof(CrashHarnessTests))]
[CollectionDefinition(nameof(CrashHarnessTests), DisableParallelization = true)]
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class CrashHarnessTests(ITestOutputHelper output)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "IntegrationHub.CrashHarness.dll");

    // Both at once: what one waits for leaves the processors to the other.
    [Fact]
    public Task Nothing_is_lost_and_nothing_counts_twice_when_hubs_are_killed_paused_and_restarted_and_lose_disk_database_and_broker() => Task.WhenAll(
        HoldsAsync("--engine", "sqlite", "--kills", "25", "--seed", "7"),
        HoldsAsync("--engine", "postgres", "--kills", "5", "--seed", "7"));

    private async Task HoldsAsync(params string[] arguments)
    {
        using var harness = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (printed, error) = (harness.StandardOutput.ReadToEndAsync(), harness.StandardError.ReadToEndAsync());
        try
        {
            await harness.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(10));
        }
        finally
        {
            // Its hubs and servers end with it.
            if (!harness.HasExited) harness.Kill();
        }
        output.WriteLine(await printed);
        Assert.True(harness.ExitCode == 0, await printed + await error);
    }
}
