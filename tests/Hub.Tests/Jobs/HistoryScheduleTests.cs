using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Jobs;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace IntegrationHub.Hub.Tests.Jobs;

public sealed class HistoryScheduleTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly string directory = Directory.CreateTempSubdirectory("hub-schedule-").FullName;
    private StubShop shop = null!;

    public async Task InitializeAsync() => shop = await StubShop.StartAsync();

    public async Task DisposeAsync()
    {
        await shop.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Connection_that_says_nothing_is_reconciled_every_hour()
    {
        await using var hub = await ShopHub.StartAsync(shop.Connectors().Replace("\"reconcile\": \"off\",", "", StringComparison.Ordinal), directory);
        await Eventually.HoldsAsync(() => Next(hub) is not null, "the schedule is made");
        Assert.InRange(Next(hub)!.Value, ShopHub.Before + Hour - TimeSpan.FromSeconds(1), ShopHub.Before + Hour + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Schedule_follows_the_file_while_the_hub_runs()
    {
        await using var hub = await ShopHub.StartAsync(shop.Connectors("""{"every": "2h"}"""), directory);
        await Eventually.HoldsAsync(() => Next(hub) > hub.Time.GetUtcNow() + 1.9 * Hour, "it runs every two hours");
        await File.WriteAllTextAsync(hub.Hub.ConnectorsFile, shop.Connectors("""{"every": "5m"}"""));
        await Eventually.HoldsAsync(() => Next(hub) < hub.Time.GetUtcNow() + 0.1 * Hour, "it runs every five minutes");
        await File.WriteAllTextAsync(hub.Hub.ConnectorsFile, shop.Connectors("\"off\""));
        await Eventually.HoldsAsync(() => Next(hub) is null, "it is switched off");
        await File.WriteAllTextAsync(hub.Hub.ConnectorsFile, shop.Connectors("""{"every": "1d"}"""));
        await Eventually.HoldsAsync(() => Next(hub) > hub.Time.GetUtcNow() + 20 * Hour, "it runs every day");
        await File.WriteAllTextAsync(hub.Hub.ConnectorsFile, "{}");
        await Eventually.HoldsAsync(() => Next(hub) is null, "the connection is gone");
    }

    [Fact]
    public async Task Hub_that_was_down_for_hours_reconciles_once_and_then_as_ever()
    {
        await using (var hub = await ShopHub.StartAsync(shop.Connectors("""{"every": "1h"}"""), directory))
            await Eventually.HoldsAsync(() => Next(hub) is not null, "the schedule is made");
        foreach (var webhook in StubShop.Simulate(60, 21)) shop.Put(webhook.Type, webhook.Body);

        await using (var hub = await ShopHub.StartAsync(shop.Connectors("""{"every": "1h"}"""), directory, ShopHub.Before + 7 * Hour))
        {
            await Eventually.HoldsAsync(() => hub.Runs().Count > 0, "a reconciliation has begun");
            await hub.FinishAsync();
            Assert.Equal(["orders", "customers"], hub.Runs().ConvertAll(run => run.Stream));
            Assert.All(hub.Runs(), run => Assert.Equal((DeliveryOrigin.Reconciliation, "finished"), (run.Origin, run.Status)));
            Assert.InRange(hub.Run("orders").Since!.Value, ShopHub.Before, ShopHub.Before.AddMinutes(1));
            Assert.Equal(60, hub.Count("select count(*) from inbox"));
            Assert.InRange(Next(hub)!.Value - hub.Time.GetUtcNow(), 0.9 * Hour, Hour);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no database at all")]
    [Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
    public async Task Schedule_survives_a_restart_and_the_loss_of_its_file(string? instead)
    {
        await using (var hub = await ShopHub.StartAsync(shop.Connectors("""{"every": "6h"}"""), directory))
        {
            await hub.ReconcileAsync();
            await Eventually.HoldsAsync(() => Next(hub) is not null, "the schedule is made");
        }
        DateTimeOffset planned;
        await using (var hub = await ShopHub.StartAsync(shop.Connectors("""{"every": "6h"}"""), directory, ShopHub.Before + Hour))
        {
            await Eventually.HoldsAsync(() => Next(hub) is not null, "the schedule is there");
            planned = Next(hub)!.Value;
            Assert.InRange(planned, ShopHub.Before + 6 * Hour - TimeSpan.FromSeconds(1), ShopHub.Before + 6 * Hour + TimeSpan.FromMinutes(1));
        }
        File.Delete(Path.Combine(directory, SqliteScheduleFile.Name));
        if (instead is not null) await File.WriteAllTextAsync(Path.Combine(directory, SqliteScheduleFile.Name), instead);
        await using (var hub = await ShopHub.StartAsync(shop.Connectors("""{"every": "6h"}"""), directory, ShopHub.Before + 2 * Hour))
        {
            await Eventually.HoldsAsync(() => Next(hub) is not null, "the schedule is made again");
            Assert.InRange(Next(hub)!.Value - planned, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Plan_that_a_clock_ahead_of_its_time_made_is_made_anew()
    {
        await using (var hub = await ShopHub.StartAsync(shop.Connectors("""{"every": "1h"}"""), directory, ShopHub.Before + 48 * Hour))
            await Eventually.HoldsAsync(() => Next(hub) is not null, "the schedule is made");
        await using (var hub = await ShopHub.StartAsync(shop.Connectors("""{"every": "1h"}"""), directory))
            await Eventually.HoldsAsync(() => Next(hub) <= hub.Time.GetUtcNow() + Hour, "the schedule is right again");
    }

    [Fact]
    public async Task Mended_key_is_tried_at_once()
    {
        foreach (var webhook in StubShop.Simulate(40, 22)) shop.Put(webhook.Type, webhook.Body);
        await using var hub = await ShopHub.StartAsync(shop.Connectors(secret: "cs_wrong"), directory);
        await hub.PostAsync("backfill");
        await Eventually.HoldsAsync(() => hub.Runs().Exists(run => run.Status == "waiting"), "the key is refused");
        await File.WriteAllTextAsync(hub.Hub.ConnectorsFile, shop.Connectors());
        await hub.FinishAsync();
        Assert.Equal(40, hub.Count("select count(*) from inbox where status = 2"));
    }

    [Fact]
    public async Task Job_that_begins_while_the_hub_stops_begins_nothing()
    {
        await using var hub = await ShopHub.StartAsync(shop.Connectors("""{"every": "1h"}"""), directory);
        await Eventually.HoldsAsync(() => Next(hub) is not null, "the schedule is made");
        var scheduler = await hub.Hub.App.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var regular = HistorySchedule.RegularOf(StubShop.Connection);
        hub.Hub.App.Lifetime.StopApplication();
        await scheduler.ScheduleTrigger(TriggerBuilder.Create(hub.Time).WithIdentity(regular).ForJob(new JobKey(StubShop.Connection, "history")).StartNow().Build(), TriggerConflict.Replace);
        await Eventually.HoldsAsync(() => Next(hub) is null, "the job is over");
        Assert.Empty(hub.Runs());
    }

    private static DateTimeOffset? Next(ShopHub hub) =>
        hub.Hub.App.Services.GetRequiredService<HistorySchedule>().NextAsync(StubShop.Connection, CancellationToken.None).GetAwaiter().GetResult();
}
