namespace IntegrationHub.Hub.Tests.Jobs;

/// <summary>From when on a reconciliation reads.</summary>
public sealed class ReconciliationTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Reconciliation_begins_where_the_hub_first_saw_the_connection_and_goes_on_from_the_last_one_with_overlap()
    {
        await using var shop = await StubShop.FilledAsync(40, 8);
        await using var hub = await ShopHub.StartAsync(shop.Connectors("""{"every": "7d", "overlap": "25m"}"""));
        var seen = hub.Time.GetUtcNow();
        hub.Time.Advance(6 * Hour);
        await hub.ReconcileAsync();
        var first = hub.Run("orders");
        Assert.InRange(first.Since!.Value, seen.AddMinutes(-1), seen);
        hub.Time.Advance(Hour);
        await hub.ReconcileAsync();
        Assert.Equal(first.Until.AddMinutes(-25), hub.Run("orders").Since);
        Assert.True(hub.Run("orders").Until >= first.Until + Hour);
    }

    [Fact]
    public async Task Run_that_failed_is_no_ground_for_the_next_one_to_begin_later()
    {
        await using var shop = await StubShop.FilledAsync(40, 8);
        await using var hub = await ShopHub.StartAsync(shop.Connectors());
        hub.Time.Advance(Hour);
        shop.Instead = _ => Task.FromResult<StubAnswer?>(new StubAnswer(400, "{}"));
        await hub.ReconcileAsync();
        Assert.Equal("failed", hub.Run("orders").Status);
        Assert.Equal("needs attention", (await hub.ConnectionAsync()).GetProperty("status").GetString());
        shop.Instead = null;
        hub.Time.Advance(6 * Hour);
        await hub.ReconcileAsync();
        Assert.Equal(hub.Runs()[^1].Since, hub.Run("orders").Since);
        Assert.Equal(40, hub.Count("select count(*) from inbox"));
        Assert.Equal("ok", (await hub.ConnectionAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Reconciliations_of_more_than_a_month_ago_are_forgotten_but_for_the_last_good_one()
    {
        await using var shop = await StubShop.StartAsync();
        await using var hub = await ShopHub.StartAsync(shop.Connectors());
        await hub.ReconcileAsync();
        var first = hub.Run("orders");
        hub.Time.Advance(TimeSpan.FromDays(31));
        await hub.ReconcileAsync();
        Assert.NotNull(hub.Store.Find(first.Id));
        Assert.Equal(first.Until.AddMinutes(-10), hub.Run("orders").Since);
        await hub.ReconcileAsync();
        Assert.Null(hub.Store.Find(first.Id));
        Assert.Equal(4, hub.Runs().Count);
    }

    [Fact]
    public async Task Clock_that_was_ahead_and_is_set_back_leaves_no_hole()
    {
        await using var shop = await StubShop.StartAsync();
        await using var hub = await ShopHub.StartAsync(shop.Connectors());
        var order = StubShop.Simulate(40, 8).First(webhook => webhook.Type == "order");
        await hub.ReconcileAsync();
        var good = hub.Run("orders").Until;
        // The clock jumps a day ahead; a reconciliation runs; the order changes, and nobody hears of it; the clock is right again.
        hub.Time.Advance(24 * Hour);
        await hub.ReconcileAsync();
        hub.Time.Set(ShopHub.Before.AddHours(8));
        shop.Put("order", order.Body);
        await hub.ReconcileAsync();
        Assert.Equal(good.AddMinutes(-10), hub.Run("orders").Since);
        Assert.NotEmpty(hub.Events());
    }
}
