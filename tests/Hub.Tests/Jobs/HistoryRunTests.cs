using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Jobs;

namespace IntegrationHub.Hub.Tests.Jobs;

public sealed class HistoryRunTests
{
    [Fact]
    public async Task Backfill_reads_all_pages_of_all_streams()
    {
        await using var shop = await StubShop.FilledAsync(300, 1);
        await using var hub = await ShopHub.StartAsync(shop.Connectors());
        var begun = await hub.PostAsync("backfill");
        Assert.Equal(["customers", "orders"], begun.GetProperty("items").EnumerateArray().Select(run => run.GetProperty("stream").GetString()));
        await hub.FinishAsync();

        Assert.All(hub.Runs(), run => Assert.Equal(("finished", null, (DateTimeOffset?)null), (run.Status, run.Cursor, run.Since)));
        Assert.Equal(300, hub.Runs().Sum(run => run.Accepted));
        Assert.Equal((shop.Count("customer"), shop.Count("order")), ((int)hub.Run("customers").Total!, (int)hub.Run("orders").Total!));
        Assert.Equal(300, hub.Count("select count(*) from inbox where status = 2 and origin = 2"));
        Assert.Equal(0, hub.Count("select count(*) from history_cursor"));
        var found = await hub.Hub.GetAsync($"/api/connections/{StubShop.Connection}/history/{hub.Run("orders").Id}");
        Assert.True(found.GetProperty("facts").GetInt64() >= shop.Count("order"));
    }

    [Fact]
    public async Task Backfill_again_reads_it_all_again_and_changes_nothing()
    {
        await using var shop = await StubShop.FilledAsync(120, 2);
        await using var hub = await ShopHub.StartAsync(shop.Connectors());
        await hub.PostAsync("backfill");
        await hub.FinishAsync();
        var (record, deliveries) = (hub.Hub.CanonicalExport(), hub.Count("select count(*) from inbox"));
        await hub.PostAsync("backfill");
        await hub.FinishAsync();
        Assert.Equal((4, 0L), (hub.Runs().Count, hub.Run("orders").Accepted));
        Assert.Equal((record, deliveries), (hub.Hub.CanonicalExport(), hub.Count("select count(*) from inbox")));
    }

    [Fact]
    public async Task Order_that_moves_while_it_is_paged_is_not_skipped_and_nor_are_its_neighbours()
    {
        await using var shop = await StubShop.FilledAsync(500, 3);
        Assert.True(shop.Count("order") > 200);
        await using var hub = await ShopHub.StartAsync(shop.Connectors(), byHand: true);
        await hub.Requests.BackfillAsync(StubShop.Connection, null, ["orders"], restart: false, CancellationToken.None);
        // While each page but the first is asked for, three orders that were read are changed: the list shifts under the reader.
        var turn = 0;
        shop.Instead = call =>
        {
            if (turn++ is > 0 and < 4)
                foreach (var id in shop.OrdersByChange().Take(3)) shop.Change("order", id, Simulation.Start.AddDays(1).AddSeconds(turn), body => body["customer_note"] = $"changed {turn}");
            return Task.FromResult<StubAnswer?>(null);
        };
        Assert.Null(await hub.GoOnAsync());

        var read = hub.Hub.Database.Read(session => session.Query(
            "select headers from inbox_body", row => int.Parse((string)JsonNode.Parse(row.GetString(0))!["Hub-Object-Id"]!))).ToHashSet();
        Assert.Equal(shop.OrdersByChange().ToHashSet(), read);
        await hub.Hub.SettleAsync();
        Assert.Equal(shop.Count("order") + 9, hub.Count("select count(*) from inbox"));
    }

    [Fact]
    public async Task Hub_that_ends_between_two_pages_goes_on_where_it_was()
    {
        await using var shop = await StubShop.FilledAsync(500, 4);
        var expected = await RecordOfAsync(shop);
        var calls = shop.Calls.Count;
        var directory = Directory.CreateTempSubdirectory("hub-history-").FullName;
        try
        {
            await using (var hub = await ShopHub.StartAsync(shop.Connectors(), directory, byHand: true))
            {
                await hub.Requests.BackfillAsync(StubShop.Connection, null, [], restart: false, CancellationToken.None);
                // The third page is asked for, and the hub is gone before the answer is.
                shop.Instead = async call =>
                {
                    if (shop.Calls.Count == calls + 3) await hub.Hub.App.StopAsync();
                    return null;
                };
                using var stopping = CancellationTokenSource.CreateLinkedTokenSource(hub.Hub.App.Lifetime.ApplicationStopping);
                await Assert.ThrowsAnyAsync<Exception>(() => hub.Work.GoOnAsync(StubShop.Connection, stopping.Token));
                Assert.Equal(2, hub.Runs().Sum(run => run.Pages));
            }
            shop.Instead = null;
            await using (var hub = await ShopHub.StartAsync(shop.Connectors(), directory))
            {
                await hub.FinishAsync();
                Assert.Equal(expected, hub.Hub.CanonicalExport());
                Assert.All(hub.Runs(), run => Assert.Equal("finished", run.Status));
                Assert.Equal(500, hub.Count("select count(*) from inbox"));
                // None but the page that was lost was asked for twice.
                Assert.Equal(calls + 1, shop.Calls.Count - calls);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Backfill_since_a_date_leaves_out_what_is_older()
    {
        await using var shop = await StubShop.FilledAsync(60, 6);
        await using var hub = await ShopHub.StartAsync(shop.Connectors());
        var times = shop.OrdersByChange();
        var since = Simulation.Start.AddMinutes(30);
        await hub.PostAsync("backfill", new { since = "2026-11-02T08:30:00Z", streams = new[] { "orders" } });
        await hub.FinishAsync();
        Assert.Equal(since, hub.Run("orders").Since);
        Assert.InRange(hub.Run("orders").Objects, 1, times.Count - 1);
        Assert.Contains("modified_after=2026-11-02T08%3A29%3A59", Assert.Single(shop.Calls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backfill_that_is_under_way_goes_on_unless_it_is_to_begin_anew()
    {
        await using var shop = await StubShop.FilledAsync(500, 7);
        await using var hub = await ShopHub.StartAsync(shop.Connectors(), byHand: true);
        var first = Begun(await BackfillAsync(hub, null, restart: false));
        await hub.Store.TakeAsync(first, new BackfillPage([], "2026-11-02T08:00:00 1"), CancellationToken.None);
        var again = Begun(await BackfillAsync(hub, null, restart: false));
        Assert.Equal((first.Id, 1L), (again.Id, again.Pages));
        var other = Assert.IsType<HistoryStart.Invalid>(await BackfillAsync(hub, Simulation.Start, restart: false));
        Assert.Equal("'webshop' reads orders from the beginning already. Leave the date out to go on with that, or ask to begin anew.", other.Problem);
        var anew = Begun(await BackfillAsync(hub, Simulation.Start, restart: true));
        Assert.NotEqual(first.Id, anew.Id);
        Assert.Equal((0L, "failed"), (anew.Pages, hub.Store.Find(first.Id)!.Status));

        // What the connector was asked for before comes too late: it is of a run that is over.
        await hub.Store.TakeAsync(again, new BackfillPage([new VendorObject(new ObjectReference("order", "1"), "{}"u8.ToArray())], null), CancellationToken.None);
        Assert.Equal(0, hub.Count("select count(*) from inbox"));
        Assert.Equal("failed", hub.Store.Find(first.Id)!.Status);
    }

    [Fact]
    public async Task History_waits_while_the_inbox_is_full()
    {
        await using var shop = await StubShop.FilledAsync(40, 8);
        await using var hub = await ShopHub.StartAsync(shop.Connectors(), byHand: true);
        await BackfillAsync(hub, null, restart: false);
        await hub.Hub.Database.WriteAsync(session =>
        {
            for (var i = 0; i < 2048; i++)
                session.Execute("insert into inbox (connection, delivery_key, received_at, status, claimed_by) values ('x', $key, 0, 0, $nobody)", ("$key", BitConverter.GetBytes(i)), ("$nobody", -1));
            return 0;
        }, CancellationToken.None);
        var next = await hub.Work.GoOnAsync(StubShop.Connection, CancellationToken.None);
        Assert.InRange(next!.Value - hub.Time.GetUtcNow(), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2));
        Assert.Empty(shop.Calls);
        await hub.Hub.Database.WriteAsync(session => session.Execute("delete from inbox where connection = 'x' and delivery_key = $key", ("$key", BitConverter.GetBytes(0))), CancellationToken.None);
        await hub.GoOnAsync();
        Assert.Equal("finished", hub.Run("orders").Status);
    }

    [Theory]
    [InlineData("nowhere", "{}", HttpStatusCode.NotFound, "There is no such connection.")]
    [InlineData("webshop", """{"streams": ["refunds"]}""", HttpStatusCode.BadRequest, "'refunds' is not a stream of 'webshop'; there are customers, orders.")]
    [InlineData("webshop", """{"since": "yesterday"}""", HttpStatusCode.BadRequest, "since must be a date such as 2026-11-20, or a moment such as 2026-11-20T15:04:06Z; in an address a + is written %2B.")]
    [InlineData("forms", "{}", HttpStatusCode.Conflict, "Unbounce has no history that this hub can read.")]
    [InlineData("off", "{}", HttpStatusCode.Conflict, "'off' is not enabled; set \"enabled\": true in the connectors file.")]
    [InlineData("keyless", "{}", HttpStatusCode.Conflict, "The settings of 'keyless' hold no key to the API of WooCommerce; see the connector's page.")]
    public async Task Backfill_that_can_not_be_is_refused(string connection, string body, HttpStatusCode status, string detail)
    {
        await using var shop = await StubShop.StartAsync();
        await using var hub = await ShopHub.StartAsync(shop.Connectors(more: """
            , "forms": { "connector": "unbounce", "settings": { "webhookToken": "x" } },
            "off": { "connector": "woocommerce", "enabled": false },
            "keyless": { "connector": "woocommerce", "settings": { "webhookSecret": "x" } }
            """));
        using var content = new StringContent(body, null, "application/json");
        using var answer = await hub.Hub.Http.PostAsync($"/api/connections/{connection}/backfill", content);
        Assert.Equal((status, detail), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()));
    }

    private static Task<HistoryStart> BackfillAsync(ShopHub hub, DateTimeOffset? since, bool restart) =>
        hub.Requests.BackfillAsync(StubShop.Connection, since, ["orders"], restart, CancellationToken.None);

    private static HistoryRun Begun(HistoryStart start) => Assert.Single(Assert.IsType<HistoryStart.Begun>(start).Runs);

    private static async Task<string> RecordOfAsync(StubShop shop)
    {
        await using var hub = await ShopHub.StartAsync(shop.Connectors());
        await hub.PostAsync("backfill");
        await hub.FinishAsync();
        return hub.Hub.CanonicalExport();
    }
}
