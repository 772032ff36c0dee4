using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Rebuilding;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Hub.Tests.Rebuilding;

/// <summary><c>verify</c> and <c>rebuild</c> as real processes beside a real hub that takes in webhooks meanwhile.</summary>
public sealed class RebuildVerbTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("hub-rebuild-").FullName;

    public RebuildVerbTests() => File.WriteAllText(Path.Combine(directory, "connectors.json"), TestHub.FiveTools());

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private string ShadowFile => Path.Combine(directory, "data", "shadow.db");

    [Fact]
    public async Task Verify_proves_the_record_while_the_hub_serves_and_rebuild_repairs_what_was_damaged()
    {
        await using var hub = await HubProcess.ServeAsync(directory);
        var simulation = SimulateAsync(hub, 1500, "--rate", "150");
        await Eventually.HoldsAsync(() => Count("select count(*) from event") > 100, "events arrive");
        var before = Count("select count(*) from event");
        await AssertEqualAsync();
        Assert.True(Count("select count(*) from event") > before, "Nothing arrived while it was verified.");
        var damaged = await TamperAsync("update contact set state = $state where contact_key = (select min(contact_key) from contact where state is not null) returning hex(contact_id)", ("$state", "{}"u8.ToArray()));
        var (exitCode, output, error) = await RunAsync("verify");
        Assert.True(exitCode == 1, output + error);
        Assert.Contains("contact " + new Guid(Convert.FromHexString(damaged!), bigEndian: true), output, StringComparison.Ordinal);
        Assert.DoesNotContain("@", output, StringComparison.Ordinal);
        (exitCode, output, error) = await RunAsync("rebuild");
        Assert.True(exitCode == 0, output + error);
        Assert.Contains("Nothing was changed. The same command with --apply makes the live record equal.", output, StringComparison.Ordinal);
        (exitCode, output, error) = await RunAsync("rebuild", "--apply");
        Assert.True(exitCode == 0, output + error);
        Assert.Contains("Applied.", output, StringComparison.Ordinal);
        Assert.Contains("live = rebuilt", output, StringComparison.Ordinal);
        await simulation;
        await hub.SettleAsync();
        await AssertEqualAsync();
        await AssertEqualAsync("--from", "inbox");
        await Eventually.HoldsAsync(() => Count("select count(*) from outbox") == 0, "the hub has published what the rebuild left in the outbox");
        Assert.False(File.Exists(ShadowFile));
    }

    [Fact]
    public async Task Killed_verify_goes_on_where_it_was()
    {
        await using (var hub = await HubProcess.ServeAsync(directory))
        {
            await SimulateAsync(hub, 3000);
            await hub.SettleAsync();
            await hub.StopAsync();
        }
        // On a fast day it has ended before it is killed: then once more.
        for (var attempt = 0; attempt < 5 && EventsInShadow() == 0; attempt++)
        {
            using var verify = HubProcess.Launch(directory, "verify");
            await Eventually.HoldsAsync(() => verify.HasExited || EventsInShadow() > 0, "the shadow has events");
            verify.Kill();
            await verify.WaitForExitAsync();
        }
        Assert.InRange(EventsInShadow(), 1, Count("select count(*) from event"));
        var (exitCode, output, error) = await RunAsync("verify");
        Assert.True(exitCode == 0, output + error);
        Assert.Contains("Going on with the shadow that is there: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_that_is_blocked_later_takes_effect_when_it_is_applied()
    {
        await using (var hub = await HubProcess.ServeAsync(directory))
        {
            await SimulateAsync(hub, 200);
            await hub.SettleAsync();
            await hub.StopAsync();
        }
        var blocked = (await TamperAsync("select substr(name, 7) from node where name like 'email:%' order by name limit 1"))!;
        var settings = TestHub.FiveTools().TrimEnd()[..^1] + $", \"identity\": {{ \"blockedEmails\": [\"{blocked}\"] }} }}";
        await File.WriteAllTextAsync(Path.Combine(directory, "connectors.json"), settings);
        Assert.Equal(1, (await RunAsync("verify")).ExitCode);
        var (exitCode, output, error) = await RunAsync("rebuild", "--apply");
        Assert.True(exitCode == 0, output + error);
        Assert.Equal(0, Count($"select count(*) from node where name = 'email:{blocked}'"));
        await AssertEqualAsync();
    }

    [Fact]
    public async Task Second_run_in_the_same_data_directory_is_refused()
    {
        await using (await HubProcess.ServeAsync(directory)) { }
        await using var first = await Shadow.OpenAsync(Path.Combine(directory, "data"), ErasureKey.Open(Path.Combine(directory, "data"), isNeeded: false));
        var (exitCode, _, error) = await RunAsync("verify");
        Assert.Equal((1, $"Another rebuild or verify works in {Path.Combine(directory, "data")}. Wait until it has ended, or stop it.\n"), (exitCode, error));
    }

    private async Task SimulateAsync(HubProcess hub, int count, params string[] more)
    {
        var (exitCode, output, error) = await RunAsync(["simulate", "all", "--count", count.ToString(), "--people", (count / 5).ToString(), "--seed", "9", $"--Hub:Urls={hub.Http.BaseAddress}", .. more]);
        Assert.True(exitCode == 0, output + error);
    }

    private async Task AssertEqualAsync(params string[] options)
    {
        var (exitCode, output, error) = await RunAsync(["verify", .. options]);
        Assert.True(exitCode == 0, output + error);
        Assert.StartsWith("live = rebuilt: ", output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => HubProcess.RunAsync(directory, arguments);

    private long Count(string sql)
    {
        using var session = TestDatabase.Of(Path.Combine(directory, "data")).OpenReader();
        return session.First(sql, row => row.GetInt64(0));
    }

    private long EventsInShadow()
    {
        if (!File.Exists(ShadowFile)) return 0;
        try
        {
            using var session = SqliteDatabase.OpenReader(ShadowFile);
            return session.First("select count(*) from event", row => row.GetInt64(0));
        }
        catch (Exception exception) when (exception is SqliteException or StorageException)
        {
            return 0;
        }
    }

    private async Task<string?> TamperAsync(string sql, params (string, object?)[] parameters)
    {
        await using var database = TestDatabase.Of(Path.Combine(directory, "data")).OpenBeside();
        return await database.WriteAsync(session => session.First(sql, row => row.GetString(0), parameters), CancellationToken.None);
    }
}
