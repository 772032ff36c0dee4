using System.Text.Json;
using IntegrationHub.Hub.Jobs;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Tests.Storage;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Jobs;

public sealed class LostWebhookDrillTests(ITestOutputHelper output)
{
    // Each object is told by one webhook: a state that nobody heard of and that the shop has overwritten is lost in the shop as well.
    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    public async Task Shop_that_loses_a_tenth_of_its_webhooks_ends_in_the_same_record(int seed)
    {
        output.WriteLine($"seed {seed}");
        var webhooks = StubShop.Simulate(300, seed);
        var random = new Random(seed);
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(webhooks));
        var lost = webhooks.Take(30).ToHashSet();
        await using var shop = await StubShop.StartAsync();
        await using var calm = await ShopHub.StartAsync(shop.Connectors());
        await using var drill = await ShopHub.StartAsync(shop.Connectors());
        foreach (var webhook in webhooks)
        {
            shop.Put(webhook.Type, webhook.Body);
            await calm.TellAsync(webhook);
            if (!lost.Contains(webhook)) await drill.TellAsync(webhook);
        }
        await calm.Hub.SettleAsync();
        await drill.Hub.SettleAsync();
        Assert.NotEqual(calm.Hub.CanonicalExport(), drill.Hub.CanonicalExport());
        var missed = calm.Events().Except(drill.Events()).ToHashSet();
        Assert.True(missed.Count >= 30, $"{missed.Count} facts were dropped");

        drill.Time.Advance(TimeSpan.FromHours(6));
        await drill.ReconcileAsync();

        Assert.Equal(calm.Hub.CanonicalExport(), drill.Hub.CanonicalExport());
        Assert.Equal(calm.Events(), drill.Events());
        var gaps = await drill.GapsAsync();
        Assert.Equal((missed.Count, drill.Events().Count), (gaps.GetProperty("missed").GetInt32(), gaps.GetProperty("facts").GetInt32()));
        Assert.Equal(missed, drill.Hub.Database.Read(session => session.Query("select event_id from event where told_by = 8", row => new Guid((byte[])row.GetValue(0), bigEndian: true))).ToHashSet());

        var deliveries = drill.Count("select count(*) from inbox");
        drill.Time.Advance(TimeSpan.FromHours(1));
        await drill.ReconcileAsync();
        Assert.Equal(deliveries, drill.Count("select count(*) from inbox"));
        Assert.Equal(gaps.GetProperty("text").GetString(), (await drill.GapsAsync()).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Gap_report_tells_how_much_was_missed_and_when()
    {
        var webhooks = StubShop.Simulate(60, 5).Where(webhook => webhook.Type == "customer").OrderBy(TimeOf).ToList();
        await using var shop = await StubShop.StartAsync();
        await using var hub = await ShopHub.StartAsync(shop.Connectors());
        webhooks.ForEach(webhook => shop.Put(webhook.Type, webhook.Body));
        // Two that lie close together, and one that lies far from them.
        var close = webhooks.FindIndex(webhook => TimeOf(webhook) != TimeOf(webhooks[0]) && webhooks.Exists(next => TimeOf(next) > TimeOf(webhook) && TimeOf(next) - TimeOf(webhook) <= GapReader.Close));
        var (one, next, far) = (TimeOf(webhooks[close]), TimeOf(webhooks[close + 1]), TimeOf(webhooks[^1]));
        Assert.True(far - next > GapReader.Close);
        foreach (var webhook in webhooks.Except([webhooks[close], webhooks[close + 1], webhooks[^1]])) await hub.TellAsync(webhook);
        Assert.Equal(JsonValueKind.Null, (await hub.GapsAsync()).GetProperty("settledUntil").ValueKind);

        hub.Time.Advance(TimeSpan.FromHours(6));
        await hub.ReconcileAsync();

        var gaps = await hub.GapsAsync();
        Assert.Equal((3, webhooks.Count, Math.Round(300m / webhooks.Count, 4)), (gaps.GetProperty("missed").GetInt32(), gaps.GetProperty("facts").GetInt32(), gaps.GetProperty("driftPercent").GetDecimal()));
        Assert.Equal(
            [(one, next, 2L), (far, far, 1L)],
            gaps.GetProperty("spans").EnumerateArray().Select(span => (span.GetProperty("from").GetDateTimeOffset(), span.GetProperty("to").GetDateTimeOffset(), span.GetProperty("facts").GetInt64())));
        Assert.Equal("""{"ContactObserved":3}""", gaps.GetProperty("kinds").GetRawText());
        Assert.Equal(
            $"3 of {webhooks.Count} facts came only by reconciliation, between {one:yyyy-MM-dd HH:mm} and {next:HH:mm} UTC and at {far:yyyy-MM-dd HH:mm} UTC ({300m / webhooks.Count:0.##} %).",
            gaps.GetProperty("text").GetString());
        Assert.Equal(hub.Run("orders").Until, gaps.GetProperty("settledUntil").GetDateTimeOffset());
        foreach (var id in gaps.GetProperty("deliveries").EnumerateArray())
            Assert.Equal("done", (await hub.Hub.GetAsync($"/api/deliveries/{id.GetString()}")).GetProperty("status").GetString());
        var connection = (await hub.ConnectionAsync()).GetProperty("reconciliation");
        Assert.Equal((3, gaps.GetProperty("driftPercent").GetDecimal()), (connection.GetProperty("missed").GetInt32(), connection.GetProperty("driftPercent").GetDecimal()));

        // The webhook was only late.
        await hub.TellAsync(webhooks[^1]);
        await hub.Hub.SettleAsync();
        Assert.Equal(2, (await hub.GapsAsync()).GetProperty("missed").GetInt32());
    }

    [Fact]
    public async Task What_a_backfill_told_is_history_and_no_gap()
    {
        var webhooks = StubShop.Simulate(40, 9);
        await using var shop = await StubShop.StartAsync();
        await using var hub = await ShopHub.StartAsync(shop.Connectors());
        webhooks.ForEach(webhook => shop.Put(webhook.Type, webhook.Body));
        await hub.PostAsync("backfill");
        await hub.FinishAsync();
        Assert.NotEmpty(hub.Events());
        hub.Time.Advance(TimeSpan.FromHours(6));
        await hub.ReconcileAsync();
        var gaps = await hub.GapsAsync();
        Assert.Equal((0, 0, "None of 0 facts came only by reconciliation."), (gaps.GetProperty("missed").GetInt32(), gaps.GetProperty("facts").GetInt32(), gaps.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Object_that_a_webhook_led_to_is_no_gap_although_reconciliation_read_it_first()
    {
        var customer = StubShop.Simulate(40, 3).First(webhook => webhook.Type == "customer");
        await using var shop = await StubShop.StartAsync();
        await using var hub = await ShopHub.StartAsync(shop.Connectors());
        shop.Put(customer.Type, customer.Body);
        hub.Time.Advance(TimeSpan.FromHours(6));
        await hub.ReconcileAsync();
        Assert.Equal(1, (await hub.GapsAsync()).GetProperty("missed").GetInt32());

        // The shop's hook names the object, and the hub fetches it: the same bytes that it has.
        shop.Instead = call => Task.FromResult<StubAnswer?>(call.StartsWith("customers/", StringComparison.Ordinal) ? new StubAnswer(200, customer.Body.ToJsonString()) : null);
        var sample = VendorSample.Load("woocommerce", "action-woocommerce-customer-save-address");
        var body = JsonSerializer.SerializeToUtf8Bytes(new { action = "woocommerce_customer_save_address", arg = (int)customer.Body["id"]! });
        using (var answer = await hub.Hub.PostAsync(StubShop.Connection, body, sample.Headers)) Assert.True(answer.IsSuccessStatusCode);
        await Eventually.HoldsAsync(() => hub.Count("select count(*) from inbox where status < 2") == 0, "the object was fetched");
        Assert.Equal(0, (await hub.GapsAsync()).GetProperty("missed").GetInt32());
    }

    [Fact]
    public async Task Fact_that_its_webhook_does_not_tell_any_more_is_a_gap()
    {
        var customer = StubShop.Simulate(40, 3).First(webhook => webhook.Type == "customer");
        await using var shop = await StubShop.StartAsync();
        await using var hub = await ShopHub.StartAsync(shop.Connectors());
        shop.Put(customer.Type, customer.Body);
        await hub.TellAsync(customer);
        hub.Time.Advance(TimeSpan.FromHours(6));
        await hub.ReconcileAsync();
        Assert.Equal((0, 1), ((await hub.GapsAsync()).GetProperty("missed").GetInt32(), (await hub.GapsAsync()).GetProperty("facts").GetInt32()));
        var (delivery, fact) = (hub.Count("select delivery_id from inbox where origin = 0"), hub.Count("select event_key from event"));
        await hub.Hub.Database.WriteAsync(session =>
        {
            session.UnlinkDelivery(delivery, fact);
            return 0;
        }, CancellationToken.None);
        Assert.Equal(1, (await hub.GapsAsync()).GetProperty("missed").GetInt32());
    }

    [Fact]
    [Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
    public async Task Counting_gaps_walks_an_index_alone()
    {
        await using var hub = await TestHub.StartAsync("{}");
        var plan = hub.Database.Read(session => session.Query(
            """
            explain query plan select count(*), coalesce(sum(case when told_by = 8 then 1 else 0 end), 0) from event
            where connection = $connection and occurred_at >= $from and occurred_at < $to and (told_by & 3 <> 0 or told_by = 8)
            """, row => row.GetString(3), ("$connection", "x"), ("$from", 0L), ("$to", 1L)));
        Assert.Equal(["SEARCH event USING COVERING INDEX event_told (connection=? AND occurred_at>? AND occurred_at<?)"], plan);
    }

    private static DateTimeOffset TimeOf(StubWebhook webhook) => DateTimeOffset.Parse((string?)webhook.Body["date_modified_gmt"] + "Z", null);
}
