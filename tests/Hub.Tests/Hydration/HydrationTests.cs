using System.Net;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Rebuilding;
using IntegrationHub.Hub.Tests.Rebuilding;
using IntegrationHub.Hub.Tests.Vendors;
using IntegrationHub.VendorStub;

namespace IntegrationHub.Hub.Tests.Hydration;

public sealed class HydrationTests
{
    [Fact]
    public async Task Object_that_a_webhook_points_to_is_fetched_and_read()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.GivenCustomer("7");
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.Hub.SettleAsync();
        Assert.Equal(("hydrating", "customer 7 has to be fetched"), await lumen.DeliveryAsync(delivery));
        await lumen.UntilAsync(delivery, "done");
        await lumen.UntilAsync(delivery + 1, "done");
        Assert.Equal(("done", null), await lumen.DeliveryAsync(delivery));
        Assert.Equal(["Customer 7 v1"], await lumen.NamesAsync());
        await lumen.IsOkAsync();
        Assert.Equal("Bearer key-1", lumen.Vendor.LogEntries.Single().Headers["Authorization"]);
    }

    [Fact]
    public async Task Many_hints_at_an_object_are_one_call()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.GivenCustomer("7");
        List<long> deliveries = [];
        for (var i = 0; i < 50; i++) deliveries.Add(await lumen.HintAsync("lumen", "customer/7"));
        // One that was in the way of another is tried again after a second: far less time passes than hints wait for each other.
        await lumen.UntilAsync(() => lumen.Hub.Inbox.OpenCount() == 0, "all hints are noted", TimeSpan.FromMilliseconds(1));
        foreach (var delivery in deliveries) await lumen.UntilAsync(delivery, "done");
        Assert.Equal(1, lumen.Calls());
    }

    [Fact]
    public async Task Hint_during_a_fetch_is_fetched_for_anew_and_the_first_does_not_wait_for_it()
    {
        await using var lumen = await LumenHub.StartAsync();
        var release = new TaskCompletionSource();
        lumen.Vendor.Given(Request.Create().WithPath("/customers/7")).RespondWith(LumenHub.Customer("7").WithDelay(release.Task), LumenHub.Customer("7", version: 2).WithDelay(release.Task));
        var first = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => lumen.Calls() == 1, "the customer is being fetched");
        var second = await lumen.HintAsync("lumen", "customer/7");
        await lumen.Hub.SettleAsync();
        release.SetResult();
        await Eventually.HoldsAsync(() => lumen.Hub.Inbox.Summary(first)?.Status is DeliveryStatus.Done, "the first is done, while no time passes");
        Assert.Equal("hydrating", (await lumen.DeliveryAsync(second)).Status);
        await lumen.UntilAsync(second, "done");
        Assert.Equal(2, lumen.Calls());
        await lumen.UntilAsync(() => lumen.NamesAsync().GetAwaiter().GetResult() is ["Customer 7 v2"], "the second state is in the record");
    }

    [Fact]
    public async Task Hint_during_a_fetch_that_finds_nothing_is_fetched_for_anew()
    {
        await using var lumen = await LumenHub.StartAsync();
        var release = new TaskCompletionSource();
        lumen.Vendor.Given(Request.Create().WithPath("/customers/7")).RespondWith(Response.Create().WithStatusCode(404).WithDelay(release.Task), LumenHub.Customer("7"));
        var first = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => lumen.Calls() == 1, "the customer is being fetched");
        var second = await lumen.HintAsync("lumen", "customer/7");
        await lumen.Hub.SettleAsync();
        release.SetResult();
        await lumen.UntilAsync(first, "ignored");
        await lumen.UntilAsync(second, "done");
        Assert.Equal(2, lumen.Calls());
    }

    [Fact]
    public async Task Slow_vendor_delays_no_other_connection()
    {
        await using var lumen = await LumenHub.StartAsync(("slow", new { apiKey = "key-slow", account = "slow" }), ("quick", new { apiKey = "key-quick", account = "quick" }));
        var release = new TaskCompletionSource();
        lumen.GivenCustomer("7");
        lumen.Vendor.Given(Request.Create().WithHeader("Authorization", "Bearer key-slow")).RespondWith(LumenHub.Customer("7").WithDelay(release.Task));
        var slow = await lumen.HintAsync("slow", "customer/7");
        await lumen.UntilAsync(() => lumen.Calls() == 1, "the slow one is being asked");
        for (var i = 0; i < 5; i++) await lumen.UntilAsync(await lumen.HintAsync("quick", "customer/7"), "done");
        Assert.Equal("hydrating", (await lumen.DeliveryAsync(slow)).Status);
        release.SetResult();
        await lumen.UntilAsync(slow, "done");
    }

    [Fact]
    public async Task Delivery_that_tells_facts_and_hints_besides_is_done_when_both_are_in()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.GivenCustomer("7");
        var delivery = await lumen.SignAsync("lumen", "zoe@example.com", "customer/7");
        await Eventually.HoldsAsync(() => lumen.Hub.Inbox.EventsOf(delivery).Count == 1, "its facts are merged");
        Assert.Equal(("hydrating", "its facts are in the record; an object still has to be fetched"), await lumen.DeliveryAsync(delivery));
        await lumen.UntilAsync(delivery, "done");
        Assert.Equal(("done", null), await lumen.DeliveryAsync(delivery));
    }

    [Theory]
    [InlineData(200, 200, "done", null)]
    [InlineData(200, 404, "done", "order 9: the vendor has no such object (404)")]
    [InlineData(404, 404, "ignored", "customer 7: the vendor has no such object (404)")]
    [InlineData(422, 200, "quarantined", "customer 7: the vendor refuses the call (422)")]
    [InlineData(200, 422, "quarantined", "order 9: the vendor refuses the call (422)")]
    [InlineData(404, 422, "quarantined", "order 9: the vendor refuses the call (422)")]
    public async Task Delivery_of_several_objects_ends_as_the_worst_of_them_whichever_comes_first(int customer, int order, string status, string? reason)
    {
        foreach (var orderFirst in new[] { false, true })
        {
            await using var lumen = await LumenHub.StartAsync();
            var release = new TaskCompletionSource();
            Given("/customers/7", customer, orderFirst ? release.Task : Task.CompletedTask);
            Given("/orders/9", order, orderFirst ? Task.CompletedTask : release.Task);
            var delivery = await lumen.HintAsync("lumen", "customer/7", "order/9");
            await lumen.UntilAsync(() => lumen.Calls("/customers/7") > 0 && lumen.Calls("/orders/9") > 0, "both are being fetched");
            await Eventually.HoldsAsync(() => Waiting(lumen) == 1, "one has ended");
            Assert.Equal("hydrating", (await lumen.DeliveryAsync(delivery)).Status);
            release.SetResult();
            await lumen.UntilAsync(delivery, status);
            Assert.Equal((status, reason), await lumen.DeliveryAsync(delivery));

            void Given(string path, int answer, Task until) =>
                lumen.Vendor.Given(Request.Create().WithPath(path)).RespondWith((answer == 200 ? LumenHub.Customer(path[^1..]) : Response.Create().WithStatusCode(answer)).WithDelay(until));
        }
    }

    [Fact]
    public async Task Refused_object_quarantines_its_delivery_although_the_facts_are_in_and_a_replay_fetches_it()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(422), LumenHub.Customer("7"));
        var delivery = await lumen.SignAsync("lumen", "zoe@example.com", "customer/7");
        await lumen.UntilAsync(delivery, "quarantined");
        Assert.Equal("customer 7: the vendor refuses the call (422)", (await lumen.DeliveryAsync(delivery)).Reason);
        using var replay = await lumen.Hub.Http.PostAsync($"/api/deliveries/{delivery}/replay", null);
        Assert.Equal(HttpStatusCode.Accepted, replay.StatusCode);
        await lumen.UntilAsync(delivery, "done");
        Assert.Equal(2, lumen.Calls());
    }

    [Fact]
    public async Task What_waits_survives_a_restart()
    {
        await using var vendor = await VendorServer.StartAsync();
        var time = new Configuration.ManualTime();
        var folder = Directory.CreateTempSubdirectory("hub-test-").FullName;
        long delivery;
        vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(503));
        await using (var before = await LumenHub.StartAsync(vendor, time, folder, null, ownsVendor: false, ("lumen", new { apiKey = "key-1" })))
        {
            delivery = await before.HintAsync("lumen", "customer/7");
            await before.UntilAsync(() => before.ConnectionAsync().GetAwaiter().GetResult().Status == "waiting for the vendor", "the vendor's fault is noticed");
        }
        vendor.Given(Request.Create()).RespondWith(LumenHub.Customer("7"));
        await using (var after = await LumenHub.StartAsync(vendor, time, folder, null, ownsVendor: false, ("lumen", new { apiKey = "key-1" })))
        {
            await after.UntilAsync(delivery, "done");
            await after.IsOkAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Connection_without_a_key_says_so_and_goes_on_when_it_gets_one()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", new { }));
        lumen.GivenCustomer("7");
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => lumen.ConnectionAsync().GetAwaiter().GetResult().Status == "needs attention", "it is noticed");
        Assert.Equal("the settings hold no key to the vendor's API; see the connector's page", (await lumen.ConnectionAsync()).Problem);
        await lumen.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(2));
        Assert.Equal(("hydrating", 0), ((await lumen.DeliveryAsync(delivery)).Status, lumen.Calls()));
        await lumen.ConfigureAsync(("lumen", new { apiKey = "key-1" }));
        await lumen.UntilAsync(delivery, "done");
        await lumen.IsOkAsync();
    }

    [Fact]
    public async Task Connector_that_throws_harms_its_own_object_alone()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.GivenCustomer("7");
        var broken = await lumen.HintAsync("lumen", "customer/bug");
        await lumen.UntilAsync(await lumen.HintAsync("lumen", "customer/7"), "done");
        await lumen.UntilAsync(() => lumen.Hub.Inbox.Summary(broken)?.Status is DeliveryStatus.Quarantined, "it is given up", TimeSpan.FromSeconds(20));
        Assert.Equal("customer bug: made the connector fail (InvalidOperationException)", (await lumen.DeliveryAsync(broken)).Reason);
    }

    [Fact]
    public async Task Id_that_no_object_has_is_told_at_once_and_holds_up_nothing_else()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.GivenCustomer("7");
        // By chance, so that no engine can pack it.
        var absurd = Convert.ToHexString(new Random(6).GetItems(Enumerable.Range(0, 256).Select(value => (byte)value).ToArray(), 5000));
        const string problem = "$ hints at an object by an id of 10000 characters, which no object has";
        var alone = await lumen.HintAsync("lumen", "customer/" + absurd);
        var among = await lumen.HintAsync("lumen", "customer/" + absurd, "customer/7");
        var beside = await lumen.SignAsync("lumen", "zoe@example.com", "customer/" + absurd);
        await lumen.Hub.SettleAsync();
        Assert.Equal(("quarantined", problem), await lumen.DeliveryAsync(alone));
        Assert.Equal(("quarantined", problem + "; everything else that the delivery tells is taken in"), await lumen.DeliveryAsync(among));
        Assert.Equal(("quarantined", problem + "; everything else that the delivery tells is taken in"), await lumen.DeliveryAsync(beside));
        Assert.Single(lumen.Hub.Inbox.EventsOf(beside));
        await lumen.UntilAsync(() => lumen.NamesAsync().GetAwaiter().GetResult().Contains("Customer 7 v1"), "the object beside it is fetched");
        Assert.Equal(1, lumen.Calls());
    }

    [Fact]
    public async Task Longest_id_that_an_object_may_have_is_fetched()
    {
        await using var lumen = await LumenHub.StartAsync();
        var id = new string(new Random(7).GetItems("日本語ñ".ToCharArray(), 500 - "customer".Length));
        lumen.Vendor.Given(Request.Create()).RespondWith(LumenHub.Customer("7"));
        await lumen.UntilAsync(await lumen.HintAsync("lumen", "customer/" + id), "done");
        Assert.Equal(1, lumen.Calls());
    }

    [Fact]
    public async Task Removed_connection_keeps_what_waits_until_it_is_back()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(401));
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => lumen.Calls() == 1, "it was asked for");
        await lumen.ConfigureAsync();
        await lumen.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(2));
        var calls = lumen.Calls();
        Assert.Equal("hydrating", (await lumen.DeliveryAsync(delivery)).Status);
        await lumen.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(2));
        Assert.Equal(calls, lumen.Calls());
        lumen.GivenCustomer("7");
        await lumen.ConfigureAsync(("lumen", new { apiKey = "key-2" }));
        await lumen.UntilAsync(delivery, "done");
    }

    [Fact]
    public async Task Record_worked_out_afresh_equals_the_live_one_whatever_became_of_the_objects()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.GivenCustomer("7");
        foreach (var (path, status) in new[] { ("/customers/404", 404), ("/customers/422", 422), ("/customers/403", 403) }) lumen.Vendor.Given(Request.Create().WithPath(path)).RespondWith(Response.Create().WithStatusCode(status));
        var ended = new Dictionary<string, string> { ["7"] = "done", ["404"] = "ignored", ["422"] = "quarantined", ["403"] = "hydrating" };
        List<(long Delivery, string Status)> expected = [];
        foreach (var (id, status) in ended) expected.Add((await lumen.HintAsync("lumen", "customer/" + id), status));
        foreach (var (id, status) in ended) expected.Add((await lumen.SignAsync("lumen", $"s{id}@example.com", "customer/" + id), status is "ignored" ? "done" : status));
        await lumen.UntilAsync(() => lumen.Calls() >= ended.Count, "all were asked for");
        foreach (var (delivery, status) in expected) await lumen.UntilAsync(delivery, status);
        await lumen.UntilAsync(() => lumen.Hub.Inbox.OpenCount() == 0, "what was fetched is read");
        await using var rebuild = RebuildRun.Of(lumen.Hub.DataDirectory, lumen.Hub.Configuration, RebuildSource.Inbox, _ => { }, () => { });
        var findings = await rebuild.CompareAsync(CancellationToken.None);
        Assert.True(findings.AreEqual, string.Join('\n', findings.Details));
        await rebuild.DiscardAsync();
    }

    private static int Waiting(LumenHub lumen) => lumen.Hub.Database.Read(session => session.First("select count(*) from hydration", row => row.GetInt32(0)));
}
