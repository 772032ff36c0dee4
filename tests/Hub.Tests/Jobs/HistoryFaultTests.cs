using System.Text.Json.Nodes;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Jobs;

namespace IntegrationHub.Hub.Tests.Jobs;

/// <summary>What a vendor can do to a reader of its history: each ends in a status that an admin can act on, and nothing spins.</summary>
public sealed class HistoryFaultTests : IAsyncLifetime
{
    private const string Html = "<!doctype html><html><body>Please log in</body></html>";

    // A call is repeated twice at once before the run waits.
    private const int CallsOfATry = 3;

    private StubShop shop = null!;
    private ShopHub hub = null!;

    public async Task InitializeAsync()
    {
        shop = await StubShop.FilledAsync(500, 11);
        hub = await ShopHub.StartAsync(shop.Connectors(), byHand: true);
        await hub.Requests.BackfillAsync(StubShop.Connection, null, ["orders"], restart: false, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await hub.DisposeAsync();
        await shop.DisposeAsync();
    }

    [Theory]
    [InlineData(401, "unauthorized", "the vendor does not accept the key (401)")]
    [InlineData(403, "forbidden", "the vendor does not allow this with the key (403)")]
    public async Task Key_that_does_not_do_is_told_to_the_admin_and_tried_now_and_then(int status, string fault, string problem)
    {
        Always(status, "{}");
        var calls = await RunForAsync(TimeSpan.FromHours(6));
        Assert.InRange(calls, 2, 20);
        var run = hub.Run("orders");
        Assert.Equal(("waiting", fault), (run.Status, run.Fault.ToString()!.ToLowerInvariant()));
        Assert.StartsWith(problem, run.Problem, StringComparison.Ordinal);
        var connection = await hub.ConnectionAsync();
        Assert.Equal(("needs attention", fault), (connection.GetProperty("status").GetString(), connection.GetProperty("trouble").GetProperty("fault").GetString()));
        await CureAsync();
        Assert.Equal("ok", (await hub.ConnectionAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Process_that_was_cut_off_says_nothing_of_a_run_that_another_has_gone_on_with()
    {
        var known = hub.Run("orders");
        await hub.Store.PostponeAsync(known, VendorFault.Unavailable, "away", hub.Time.GetUtcNow(), CancellationToken.None);
        Assert.Equal(VendorFault.Unavailable, hub.Run("orders").Fault);
        List<HistoryRun> standing = [];
        shop.Instead = async call =>
        {
            if (hub.Run("orders") is not { Pages: 1 } run) return null;
            standing.Add(run);
            await hub.Store.PostponeAsync(known, VendorFault.Unavailable, "away", hub.Time.GetUtcNow().AddHours(1), CancellationToken.None);
            await hub.Store.FailAsync(known, VendorFault.Refused, "refused", CancellationToken.None);
            standing.Add(hub.Run("orders"));
            return null;
        };
        Assert.Null(await hub.GoOnAsync());
        Assert.Equal((2, standing[0]), (standing.Count, standing[1]));
        Assert.Equal((null, "finished"), (standing[0].FinishedAt, hub.Run("orders").Status));
    }

    [Fact]
    public async Task Vendor_that_has_had_too_many_calls_and_does_not_say_how_long_rests_for_minutes()
    {
        Always(429, "{}");
        Assert.InRange(await RunForAsync(TimeSpan.FromHours(1)), 2, 12 * CallsOfATry);
        Assert.Equal("waiting", hub.Run("orders").Status);
        Assert.Equal("waiting for the vendor", (await hub.ConnectionAsync()).GetProperty("status").GetString());
        await CureAsync();
    }

    [Fact]
    public async Task Vendor_that_says_how_long_is_not_called_before()
    {
        var answer = new StubAnswer(429, "{}") { Headers = { ["Retry-After"] = "7200" } };
        shop.Instead = _ => Task.FromResult<StubAnswer?>(answer);
        var next = await hub.Work.GoOnAsync(StubShop.Connection, CancellationToken.None);
        Assert.Equal(1, await RunForAsync(TimeSpan.FromMinutes(119)));
        Assert.InRange(hub.Run("orders").DueAt - hub.Time.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.NotNull(next);
        await CureAsync();
    }

    [Fact]
    public async Task Vendor_that_is_down_for_an_hour_is_asked_ever_more_rarely_and_then_read_on()
    {
        var calls = 0;
        shop.Instead = _ => Task.FromResult<StubAnswer?>(++calls == 1 ? null : new StubAnswer(500, Html, "text/html"));
        Assert.InRange(await RunForAsync(TimeSpan.FromHours(1)), 6, 20 * CallsOfATry);
        Assert.Equal((1L, "waiting"), (hub.Run("orders").Pages, hub.Run("orders").Status));
        Assert.Contains(hub.Run("orders").Problem, new[] { "the vendor is not available (500)", "the vendor is down, and is left alone for a while" });
        await CureAsync();
    }

    [Theory]
    [InlineData(Html, "text/html")]
    [InlineData("""{"code": "rest_no_route", "message": "An error in a 200", "data": {"status": 500}}""", "application/json")]
    [InlineData("""[{"id": 7}]""", "application/json")]
    public async Task Answer_that_is_not_what_was_promised_is_tried_five_times_and_then_told(string body, string contentType)
    {
        var calls = 0;
        shop.Instead = _ => Task.FromResult<StubAnswer?>(++calls == 1 ? null : new StubAnswer(200, body == """[{"id": 7}]""" ? Hundred(body) : body, contentType));
        await RunForAsync(TimeSpan.FromHours(6));
        Assert.Equal(6, shop.Calls.Count);
        var run = hub.Run("orders");
        Assert.Equal(("failed", VendorFault.Misread, 1L, 100L), (run.Status, run.Fault, run.Pages, run.Accepted));
        Assert.DoesNotContain("Please log in", run.Problem, StringComparison.Ordinal);
        await hub.Hub.SettleAsync();
        Assert.Equal(100, hub.Count("select count(*) from inbox where status = 2"));

        // Once the vendor is well again, the run goes on from the page that it could not read.
        shop.Instead = null;
        await hub.Requests.BackfillAsync(StubShop.Connection, null, ["orders"], restart: false, CancellationToken.None);
        await CureAsync();
        Assert.Equal(run.Id, hub.Run("orders").Id);
    }

    [Fact]
    public async Task Call_that_the_vendor_refuses_ends_the_run()
    {
        Always(400, """{"code":"rest_invalid_param"}""");
        await RunForAsync(TimeSpan.FromHours(1));
        Assert.Single(shop.Calls);
        Assert.Equal(("failed", "the vendor refuses the call (400)"), (hub.Run("orders").Status, hub.Run("orders").Problem));
    }

    [Fact]
    public async Task Page_token_that_loops_ends_the_run()
    {
        foreach (var (next, id) in new[] { ("a", 1), ("b", 2), ("c", 3), ("b", 4) })
            await hub.Store.TakeAsync(hub.Run("orders"), new BackfillPage([new VendorObject(new ObjectReference("order", $"{id}"), "{}"u8.ToArray())], next), CancellationToken.None);
        Assert.Equal(
            ("failed", 4L, 4L, "the vendor's pages go round in a circle: page 4 leads back to one that was read; all until there is kept"),
            (hub.Run("orders").Status, hub.Run("orders").Pages, hub.Run("orders").Accepted, hub.Run("orders").Problem));
        Assert.Null(await hub.Work.GoOnAsync(StubShop.Connection, CancellationToken.None));
    }

    [Fact]
    public async Task Vendor_that_answers_every_page_with_the_first_one_is_not_read_for_ever()
    {
        StubAnswer? first = null;
        shop.Instead = async call =>
        {
            if (first is not null) return first;
            using var http = new HttpClient();
            shop.Instead = null;
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{shop.Address}/{call}");
            request.Headers.Authorization = new("Basic", Convert.ToBase64String("ck_demo:cs_demo"u8.ToArray()));
            using var answer = await http.SendAsync(request);
            first = new StubAnswer(200, await answer.Content.ReadAsStringAsync());
            shop.Instead = _ => Task.FromResult<StubAnswer?>(first);
            return first;
        };
        await hub.GoOnAsync();
        Assert.Equal(("failed", 2L, 100L), (hub.Run("orders").Status, hub.Run("orders").Pages, hub.Run("orders").Accepted));
    }

    [Fact]
    public async Task Vendor_that_nobody_can_reach_delays_no_other_connection()
    {
        await shop.DisposeAsync();
        Assert.InRange((await hub.Work.GoOnAsync(StubShop.Connection, CancellationToken.None))!.Value - hub.Time.GetUtcNow(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
        Assert.Equal(VendorFault.Unavailable, hub.Run("orders").Fault);
        Assert.StartsWith("the vendor can't be reached", hub.Run("orders").Problem, StringComparison.Ordinal);
        Assert.Null(await hub.Work.GoOnAsync("other", CancellationToken.None));
    }

    private static string Hundred(string body) => new JsonArray([.. Enumerable.Range(0, 100).Select(_ => JsonNode.Parse(body)![0]!.DeepClone())]).ToJsonString();

    private void Always(int status, string body) => shop.Instead = _ => Task.FromResult<StubAnswer?>(new StubAnswer(status, body));

    /// <summary>Lets time go by, with somebody who goes on whenever something is due.</summary>
    /// <returns>How often the vendor was called.</returns>
    private async Task<int> RunForAsync(TimeSpan duration)
    {
        var end = hub.Time.GetUtcNow() + duration;
        while (await hub.Work.GoOnAsync(StubShop.Connection, CancellationToken.None) is { } next && next < end)
        {
            if (next > hub.Time.GetUtcNow()) hub.Time.Set(next.AddMilliseconds(1));
        }
        if (hub.Time.GetUtcNow() < end) hub.Time.Set(end);
        return shop.Calls.Count;
    }

    /// <summary>The vendor is well again: all of it is read, and nothing is missing or doubled.</summary>
    private async Task CureAsync()
    {
        shop.Instead = null;
        await RunForAsync(TimeSpan.FromHours(2));
        await hub.Hub.SettleAsync();
        Assert.Equal(("finished", null), (hub.Run("orders").Status, hub.Run("orders").Problem));
        Assert.Equal(shop.Count("order"), hub.Count("select count(*) from inbox where status = 2"));
    }
}
