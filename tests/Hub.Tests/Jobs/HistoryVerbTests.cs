using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Hub.Tests.Storage;

namespace IntegrationHub.Hub.Tests.Jobs;

/// <summary>The verbs as an admin runs them: real processes, with a hub and without one, killed in the middle.</summary>
public sealed class HistoryVerbTests : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("hub-history-").FullName;
    private readonly string nobody = $"--Hub:Urls=http://127.0.0.1:{HubProcess.FreePort()}";
    private StubShop shop = null!;

    public async Task InitializeAsync()
    {
        shop = await StubShop.FilledAsync(500, 31);
        await File.WriteAllTextAsync(Path.Combine(directory, "connectors.json"), shop.Connectors());
    }

    public async Task DisposeAsync()
    {
        await shop.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Backfill_works_without_a_hub_and_beside_one_and_adds_nothing_the_second_time()
    {
        var (exitCode, output, error) = await HubProcess.RunAsync(directory, "backfill", StubShop.Connection, nobody);
        Assert.True(exitCode == 0, output + error);
        Assert.Matches($"^customers: {shop.Count("customer")} objects read, {shop.Count("customer")} new, {shop.Count("customer")} facts\norders: [0-9,]+ objects read, {shop.Count("order")} new, [0-9,]+ facts\n$", output);
        Assert.Contains("orders read", error, StringComparison.Ordinal);
        var record = await ExportAsync();

        await using var hub = await HubProcess.ServeAsync(directory);
        (exitCode, output, error) = await HubProcess.RunAsync(directory, "backfill", StubShop.Connection, "--stream", "orders", "--since", "2026-11-02", $"--Hub:Urls={hub.Http.BaseAddress}", $"--Hub:AdminKey={TestHub.Key}");
        Assert.True(exitCode == 0, output + error);
        Assert.Matches("^orders: [0-9]+ objects read, 0 new, 0 facts\n$", output);
        Assert.Equal(record, await ExportAsync());
        (exitCode, output, error) = await HubProcess.RunAsync(directory, "gaps");
        Assert.Equal((0, "webshop: None of 0 facts came only by reconciliation.\n  not settled yet: no reconciliation has come to its end\n"), (exitCode, output));
    }

    [Fact]
    public async Task Hub_that_is_killed_while_it_reads_goes_on_at_the_next_start()
    {
        await using (var hub = await HubProcess.ServeAsync(directory))
        {
            using var hanging = new SemaphoreSlim(0);
            shop.Instead = async call =>
            {
                if (shop.Calls.Count >= 4) await hanging.WaitAsync(TimeSpan.FromMinutes(1));
                return null;
            };
            using var answer = await hub.Http.PostAsJsonAsync($"/api/connections/{StubShop.Connection}/backfill", new { });
            await Eventually.HoldsAsync(() => shop.Calls.Count == 4, "the fourth page is asked for");
            await hub.KillAsync();
            shop.Instead = null;
            hanging.Release();
        }
        await using (var hub = await HubProcess.ServeAsync(directory))
        {
            await Eventually.HoldsAsync(() => Runs(hub).All(run => run.GetProperty("status").GetString() == "finished"), "it has gone on");
            await hub.SettleAsync();
            Assert.Equal(500, Runs(hub).Sum(run => run.GetProperty("newDeliveries").GetInt32()));
            Assert.Equal(6, shop.Calls.Distinct().Count());
            Assert.Equal(7, shop.Calls.Count);
        }
        var killed = await ExportAsync();
        TestDatabase.Drop(Path.Combine(directory, "data"));
        Directory.Delete(Path.Combine(directory, "data"), recursive: true);
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, "backfill", StubShop.Connection, nobody);
        Assert.True(exitCode == 0, error);
        Assert.Equal(killed, await ExportAsync());
    }

    [Fact]
    public async Task Backfill_that_fails_says_why_and_how_to_go_on()
    {
        shop.Instead = call => Task.FromResult<StubAnswer?>(shop.Calls.Count == 2 ? new StubAnswer(400, "{}") : null);
        var (exitCode, output, _) = await HubProcess.RunAsync(directory, "backfill", StubShop.Connection, "--stream", "orders", nobody);
        Assert.Equal(1, exitCode);
        Assert.Matches("^orders: 100 objects read, 100 new, [0-9,]+ facts; it ended after page 1: the vendor refuses the call \\(400\\). The same command goes on from there, with --restart from the first page.\n$", output);
        (exitCode, output, _) = await HubProcess.RunAsync(directory, "backfill", StubShop.Connection, "--stream", "orders", nobody);
        Assert.Equal(0, exitCode);
        Assert.Contains($" {shop.Count("order")} new,", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "There is no such connection.\n")]
    [InlineData("webshop --since soon", "--since must be a date such as 2026-11-20, or a moment such as 2026-11-20T15:04:06Z; in an address a + is written %2B.\n")]
    public async Task Backfill_that_can_not_be_is_one_clear_line(string arguments, string expected)
    {
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, ["backfill", .. arguments.Split(' '), nobody]);
        Assert.Equal((1, expected), (exitCode, error));
    }

    private static List<JsonElement> Runs(HubProcess hub) =>
        [.. hub.Http.GetFromJsonAsync<JsonElement>($"/api/connections/{StubShop.Connection}/history").GetAwaiter().GetResult().GetProperty("items").EnumerateArray()];

    private async Task<string> ExportAsync()
    {
        var (exitCode, output, error) = await HubProcess.RunAsync(directory, "export", "--canonical");
        Assert.True(exitCode == 0, error);
        return output;
    }
}
