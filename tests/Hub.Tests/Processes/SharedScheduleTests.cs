using IntegrationHub.Hub.Jobs;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Jobs;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Servers;
using Microsoft.Extensions.DependencyInjection;
using TestPostgres = IntegrationHub.Servers.PostgresServer;

namespace IntegrationHub.Hub.Tests.Processes;

/// <summary>Several hubs run each schedule once, and go on with the job of one that dies.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class SharedScheduleTests : IAsyncLifetime
{
    private const int Connections = 8;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly string name = $"schedule_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
    private readonly string directory = Directory.CreateTempSubdirectory("hub-schedule-").FullName;
    private TestPostgres postgres = null!;
    private StubShop shop = null!;
    private string database = "";

    private string Setting => $"--Hub:Database={database}";

    public async Task InitializeAsync()
    {
        postgres = await SharedServers.PostgresAsync();
        database = await postgres.CreateDatabaseAsync(name);
        shop = await StubShop.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await shop.DisposeAsync();
        await postgres.DropDatabaseAsync(name);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task What_became_due_while_all_were_down_runs_once_when_all_start_at_once()
    {
        await using (var before = await ShopHub.StartAsync(ManyShops(), directory, settings: Setting)) await Eventually.HoldsAsync(() => Plans(before).TrueForAll(next => next is not null), "the schedules are made");
        var now = ShopHub.Before + 7 * Hour;
        var hubs = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ShopHub.StartAsync(null, directory, now, settings: Setting)));
        await using var one = hubs[0];
        await using var other = hubs[1];
        await Eventually.HoldsAsync(() => Plans(one).TrueForAll(next => next > now + 0.9 * Hour), "all have run and are planned again");
        // Orders and customers of each.
        await Eventually.HoldsAsync(() => one.Count("select count(*) from history_run") >= 2 * Connections, "all have begun");
        await one.FinishAsync();
        Assert.Equal(2 * Connections, one.Count("select count(*) from history_run"));
        Assert.Equal(2 * Connections, shop.Calls.Count);
        Assert.Equal(0, one.Count("select count(*) from history_run where problem is not null"));
    }

    [Fact]
    public async Task Job_of_a_process_that_falls_silent_is_taken_up_by_another_and_counts_once_when_it_was_not_dead()
    {
        foreach (var webhook in StubShop.Simulate(40, 22)) shop.Put(webhook.Type, webhook.Body);
        await using var line = new PostgresLine(database);
        await using var silent = await ShopHub.StartAsync(shop.Connectors(), directory, settings: $"--Hub:Database={line.ConnectionString}");
        var release = new TaskCompletionSource<StubAnswer?>();
        var calls = 0;
        shop.Instead = _ => Interlocked.Increment(ref calls) == 1 ? release.Task : Task.FromResult<StubAnswer?>(null);
        await silent.PostAsync("backfill");
        await Eventually.HoldsAsync(() => shop.Calls.Count == 1, "it reads the first page");
        await using var other = await ShopHub.StartAsync(null, directory, silent.Time.GetUtcNow(), settings: Setting);
        line.Cut();
        await other.FinishAsync();
        Assert.Equal(40, other.Count("select count(*) from inbox where status = 2"));
        var (read, events) = (shop.Calls.Count, other.Events());
        // Its page comes after all, when others have read it long since.
        release.SetResult(null);
        line.Mend();
        await Eventually.HoldsAsync(() => silent.Hub.Http.GetAsync("/health/ready").GetAwaiter().GetResult().IsSuccessStatusCode, "it is back");
        await other.ReconcileAsync();
        Assert.Equal((40, events.Count), (other.Count("select count(*) from inbox"), other.Events().Count));
        Assert.InRange(read, 3, 5);
    }

    private static List<DateTimeOffset?> Plans(ShopHub hub) =>
        [.. Enumerable.Range(0, Connections).Select(i => hub.Hub.App.Services.GetRequiredService<HistorySchedule>().NextAsync($"shop{i}", CancellationToken.None).GetAwaiter().GetResult())];

    private string ManyShops()
    {
        var one = shop.Connectors("""{"every": "1h"}""").Trim()["{ \"connections\": { ".Length..^"} }".Length];
        return $"{{ \"connections\": {{ {string.Join(", ", Enumerable.Range(0, Connections).Select(i => one.Replace(StubShop.Connection, $"shop{i}", StringComparison.Ordinal)))} }} }}";
    }
}
