using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Storage;

namespace IntegrationHub.Hub.Tests.Migrating;

/// <summary><c>migrate</c> as a real process beside a real hub on SQLite, killed in the middle and run to the end.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class MigrateVerbTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("hub-migrate-").FullName;
    private readonly string to = TestDatabase.CreateEmpty();

    public MigrateVerbTests() => File.WriteAllText(Path.Combine(directory, "connectors.json"), TestHub.FiveTools());

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Live_hub_is_copied_brought_up_to_date_and_served_from_the_copy()
    {
        await using (var hub = await HubProcess.ServeAsync(directory))
        {
            await SimulateAsync(hub, 400, 1);
            var (copied, output, error) = await MigrateAsync();
            Assert.True(copied == 2, output + error);
            Assert.Contains("Stop the hub and run the same command again", output, StringComparison.Ordinal);
            await SimulateAsync(hub, 300, 2);
            await hub.SettleAsync();
            (copied, output, error) = await RunAsync("export", "--canonical", $"--Hub:Database={to}");
            Assert.Equal(1, copied);
            Assert.Contains("is the target of a migration that has not come to its end", error, StringComparison.Ordinal);
            Assert.Equal(0, await hub.StopAsync());
        }
        using (var killed = HubProcess.Launch(directory, "migrate", "--to", to))
        {
            await Eventually.HoldsAsync(() => killed.HasExited || IsAtWork(), "the migration is at work");
            killed.Kill();
            await killed.WaitForExitAsync();
        }
        var (complete, said, problem) = await MigrateAsync();
        Assert.True(complete == 0 || problem.Contains("is complete", StringComparison.Ordinal), said + problem);
        var (_, expected, _) = await RunAsync("export", "--canonical");
        var (_, found, _) = await RunAsync("export", "--canonical", $"--Hub:Database={to}");
        Assert.True(expected.Length > 1000 && expected == found, "The copy differs.");
        await ServeFromCopyAsync();
    }

    [Fact]
    public async Task Database_that_holds_something_is_no_target()
    {
        await using (var hub = await HubProcess.ServeAsync(directory)) await hub.StopAsync();
        await using (var other = PostgresDatabase.Open(to)) await other.WriteAsync(session => session.Execute("insert into node (name) values ('email:zoe@shop.example')"), CancellationToken.None);
        var (exitCode, _, error) = await MigrateAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("is not empty: its table node holds rows", error, StringComparison.Ordinal);
    }

    // The hub goes on where the copy ends: keys that were given out are not given out again.
    private async Task ServeFromCopyAsync()
    {
        await using var hub = await HubProcess.ServeAsync(directory, $"--Hub:Database={to}");
        await SimulateAsync(hub, 200, 3);
        await hub.SettleAsync();
        var (exitCode, output, error) = await RunAsync("verify", $"--Hub:Database={to}");
        Assert.True(exitCode == 0, output + error);
    }

    private bool IsAtWork()
    {
        using var session = PostgresServer.OpenAlone(to);
        return session.First("select exists (select 1 from pg_stat_activity where datname = current_database() and (query like 'copy %' or query like '%changed_%' or query like '%gone_%'))", row => row.GetBoolean(0));
    }

    private Task<(int ExitCode, string Output, string Error)> MigrateAsync() => RunAsync("migrate", "--to", to);

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => HubProcess.RunAsync(directory, arguments);

    private async Task SimulateAsync(HubProcess hub, int count, int seed)
    {
        var (exitCode, output, error) = await RunAsync("simulate", "all", "--count", count.ToString(), "--people", (count / 5).ToString(), "--seed", seed.ToString(), $"--Hub:Urls={hub.Http.BaseAddress}");
        Assert.True(exitCode == 0, output + error);
    }
}
