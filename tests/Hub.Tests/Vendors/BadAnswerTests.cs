using IntegrationHub.Hub.Hydration;
using IntegrationHub.Hub.Vendors;
using IntegrationHub.VendorStub;

namespace IntegrationHub.Hub.Tests.Vendors;

/// <summary>What a vendor's API can answer: nothing is lost, nothing spins, and an admin reads what to do.</summary>
public sealed class BadAnswerTests
{
    private static readonly Request Customer = Request.Create().WithPath("/customers/7");

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Object_that_was_deleted_since_ends_its_delivery(int status)
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Customer).RespondWith(Response.Create().WithStatusCode(status));
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(delivery, "ignored");
        Assert.Equal(("ignored", $"customer 7: the vendor has no such object ({status})"), await lumen.DeliveryAsync(delivery));
        await lumen.IsOkAsync();
        Assert.Equal(1, lumen.Calls());
    }

    [Fact]
    public async Task Object_that_the_vendor_knows_and_tells_nothing_of_ends_its_delivery()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Customer).RespondWith(LumenHub.Customer("7").WithFault(Fault.EmptyAnswer));
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(delivery, "ignored");
        Assert.Equal("customer 7 holds nothing to tell", (await lumen.DeliveryAsync(delivery)).Reason);
    }

    [Fact]
    public async Task Key_that_is_not_accepted_needs_attention_until_it_is_replaced()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(401));
        lumen.Vendor.Given(Request.Create().WithHeader("Authorization", "Bearer key-2")).RespondWith(LumenHub.Customer("7"));
        List<long> deliveries = [await lumen.HintAsync("lumen", "customer/7"), await lumen.HintAsync("lumen", "customer/8")];
        await lumen.UntilAsync(() => Connection(lumen).Status == "needs attention", "it is noticed");
        Assert.Equal("the vendor does not accept the key (401); put one that it accepts into the settings", Connection(lumen).Problem);
        await lumen.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromSeconds(30));
        // Both at first, then one at a time, at last every 10 minutes.
        Assert.InRange(lumen.Calls(), 10, 2 * 30);
        Assert.All(deliveries, delivery => Assert.Equal("hydrating", lumen.DeliveryAsync(delivery).GetAwaiter().GetResult().Status));
        await lumen.ConfigureAsync(("lumen", new { apiKey = "key-2" }));
        foreach (var delivery in deliveries) await lumen.UntilAsync(delivery, "done");
        await lumen.IsOkAsync();
    }

    [Fact]
    public async Task Permission_that_is_missing_for_one_kind_of_object_stops_no_other_and_is_shown_as_long_as_it_is_missing()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.GivenCustomer("7");
        lumen.GivenCustomer("8");
        lumen.Vendor.Given(Request.Create().WithPath("/orders/*")).RespondWith(Response.Create().WithStatusCode(403));
        var order = await lumen.HintAsync("lumen", "order/9");
        await lumen.UntilAsync(() => Connection(lumen).Status == "needs attention", "it is noticed");
        Assert.Equal("order 9: the vendor does not allow this with the key (403); give the key the permission that is missing", Connection(lumen).Problem);
        foreach (var customer in new[] { "customer/7", "customer/8" }) await lumen.UntilAsync(await lumen.HintAsync("lumen", customer), "done");
        Assert.Equal("needs attention", Connection(lumen).Status);
        Assert.Equal(("hydrating", "order 9: the vendor does not allow this with the key (403); give the key the permission that is missing"), await lumen.DeliveryAsync(order));
        await lumen.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromSeconds(30));
        Assert.InRange(lumen.Calls("/orders/9"), 5, 20);
        lumen.Vendor.Given(Request.Create().WithPath("/orders/*")).RespondWith(LumenHub.Customer("9"));
        await lumen.UntilAsync(() => lumen.Hub.Inbox.Summary(order)?.Status is Hub.Inbox.DeliveryStatus.Done, "the order is fetched", TimeSpan.FromSeconds(10));
        await lumen.IsOkAsync();
    }

    [Fact]
    public async Task Vendor_that_is_down_for_an_hour_is_called_seldom_and_loses_nothing()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(500));
        List<long> deliveries = [];
        for (var id = 1; id <= 20; id++) deliveries.Add(await lumen.HintAsync("lumen", $"customer/{id}"));
        await lumen.Hub.SettleAsync();
        await lumen.UntilAsync(() => Connection(lumen).Status == "waiting for the vendor", "it is noticed");
        await lumen.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromSeconds(5));
        Assert.InRange(lumen.Calls(), 8, 40);
        Assert.StartsWith("the vendor is ", Connection(lumen).Problem, StringComparison.Ordinal);
        Assert.All(deliveries, delivery => Assert.Equal("hydrating", lumen.DeliveryAsync(delivery).GetAwaiter().GetResult().Status));
        for (var id = 1; id <= 20; id++) lumen.GivenCustomer($"{id}");
        foreach (var delivery in deliveries) await lumen.UntilAsync(() => lumen.Hub.Inbox.Summary(delivery)?.Status is Hub.Inbox.DeliveryStatus.Done, "it is done", TimeSpan.FromSeconds(5));
        await lumen.UntilAsync(() => lumen.NamesAsync().GetAwaiter().GetResult().Count == 20, "all are in the record");
        await lumen.IsOkAsync();
    }

    [Fact]
    public async Task Object_that_breaks_the_vendor_holds_up_the_others_for_seconds_only()
    {
        await using var lumen = await LumenHub.StartAsync();
        for (var id = 1; id <= 10; id++) lumen.GivenCustomer($"{id}");
        lumen.Vendor.Given(Request.Create().WithPath("/customers/0")).RespondWith(Response.Create().WithStatusCode(500));
        var poison = await lumen.HintAsync("lumen", "customer/0");
        List<long> deliveries = [];
        for (var id = 1; id <= 10; id++) deliveries.Add(await lumen.HintAsync("lumen", $"customer/{id}"));
        var begun = lumen.Time.GetUtcNow();
        foreach (var delivery in deliveries) await lumen.UntilAsync(delivery, "done");
        Assert.InRange(lumen.Time.GetUtcNow() - begun, TimeSpan.Zero, TimeSpan.FromMinutes(3));
        Assert.Equal(("hydrating", "customer 0: the vendor is not available (500)"), await lumen.DeliveryAsync(poison));
    }

    [Fact]
    public async Task Too_many_calls_without_a_word_when_to_come_back_rest_a_minute()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Customer).RespondWith(Response.Create().WithStatusCode(429));
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => Connection(lumen).Status == "waiting for the vendor", "it is noticed");
        Assert.Equal("the vendor has had too many calls (429)", Connection(lumen).Problem);
        Assert.Equal(VendorPipeline.MaxTries, lumen.Calls());
        await lumen.PassAsync(TimeSpan.FromSeconds(58), TimeSpan.FromSeconds(2));
        Assert.Equal(VendorPipeline.MaxTries, lumen.Calls());
        lumen.GivenCustomer("7");
        await lumen.UntilAsync(delivery, "done");
        await lumen.IsOkAsync();
    }

    [Fact]
    public async Task Wait_that_the_vendor_asks_for_is_kept_and_at_most_ten_minutes_long()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Customer).RespondWith(Response.Create().WithStatusCode(429).WithRetryAfter(TimeSpan.FromSeconds(300)), Response.Create().WithStatusCode(429).WithRetryAfter(TimeSpan.FromDays(2)), LumenHub.Customer("7"));
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => lumen.Calls() == 1, "it was asked for");
        await lumen.PassAsync(TimeSpan.FromSeconds(290), TimeSpan.FromSeconds(5));
        Assert.Equal(1, lumen.Calls());
        await lumen.PassAsync(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));
        await lumen.UntilAsync(() => lumen.Calls() == 2, "it was asked for again");
        await lumen.PassAsync(TimeSpan.FromMinutes(9.5), TimeSpan.FromSeconds(5));
        Assert.Equal(2, lumen.Calls());
        await lumen.UntilAsync(delivery, "done");
    }

    [Fact]
    public async Task Date_to_come_back_at_counts_by_the_vendors_own_clock()
    {
        await using var lumen = await LumenHub.StartAsync();
        var theirs = lumen.Time.GetUtcNow() + TimeSpan.FromHours(3);
        lumen.Vendor.Given(Customer).RespondWith(
            Response.Create().WithStatusCode(503).WithHeader("Date", theirs.ToString("r")).WithHeader("Retry-After", (theirs + TimeSpan.FromSeconds(90)).ToString("r")), LumenHub.Customer("7"));
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => lumen.Calls() == 1, "it was asked for");
        await lumen.PassAsync(TimeSpan.FromSeconds(84), TimeSpan.FromSeconds(2));
        Assert.Equal(1, lumen.Calls());
        await lumen.PassAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));
        await lumen.UntilAsync(delivery, "done");
    }

    [Theory]
    [InlineData("<!doctype html><title>Back soon</title>", "is not JSON that can be read: line 1, byte 1")]
    [InlineData("{\"id\": \"7\", \"na", "is not JSON that can be read: line 1, byte ")]
    [InlineData("[7]", "$.id is missing")]
    public async Task Answer_that_is_not_what_was_promised_is_tried_for_a_while_and_then_quarantined(string body, string problem)
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.GivenCustomer("8");
        lumen.Vendor.Given(Customer).RespondWith(Response.Create().WithHeader("Content-Type", "text/html").WithBody(body));
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => Connection(lumen).Status == "waiting for the vendor", "it is noticed");
        Assert.StartsWith("customer 7: the vendor's answer", Connection(lumen).Problem, StringComparison.Ordinal);
        await lumen.UntilAsync(await lumen.HintAsync("lumen", "customer/8"), "done");
        await lumen.UntilAsync(() => lumen.Hub.Inbox.Summary(delivery)?.Status is Hub.Inbox.DeliveryStatus.Quarantined, "it is given up", TimeSpan.FromSeconds(20));
        Assert.Contains(problem, (await lumen.DeliveryAsync(delivery)).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("Back soon", (await lumen.DeliveryAsync(delivery)).Reason, StringComparison.Ordinal);
        Assert.Equal(HydrationLane.MaxMisreadings, lumen.Calls("/customers/7"));
        await lumen.IsOkAsync();
    }

    [Fact]
    public async Task Nonsense_after_an_outage_is_not_given_up_at_once()
    {
        await using var lumen = await LumenHub.StartAsync();
        var outage = Enumerable.Repeat(Response.Create().WithStatusCode(500), 12);
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        lumen.Vendor.Given(Customer).RespondWith([.. outage, Response.Create().WithBody("<html>"), LumenHub.Customer("7")]);
        await lumen.UntilAsync(() => lumen.Hub.Inbox.Summary(delivery)?.Status is not Hub.Inbox.DeliveryStatus.Hydrating and not Hub.Inbox.DeliveryStatus.Received, "it has ended", TimeSpan.FromSeconds(5));
        Assert.Equal("done", (await lumen.DeliveryAsync(delivery)).Status);
    }

    [Fact]
    public async Task Error_inside_a_success_is_what_the_connector_says_it_is()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Customer).RespondWith(Inside("busy"), LumenHub.Customer("7"));
        lumen.Vendor.Given(Request.Create().WithPath("/customers/8")).RespondWith(Inside("no_such_field"));
        lumen.Vendor.Given(Request.Create().WithPath("/customers/9")).RespondWith(Inside("token_expired"), LumenHub.Customer("9"));
        await lumen.UntilAsync(await lumen.HintAsync("lumen", "customer/7"), "done");
        var wrong = await lumen.HintAsync("lumen", "customer/8");
        await lumen.UntilAsync(wrong, "quarantined");
        Assert.Equal("customer 8: the vendor says that the call is wrong", (await lumen.DeliveryAsync(wrong)).Reason);
        var expired = await lumen.HintAsync("lumen", "customer/9");
        await lumen.UntilAsync(() => Connection(lumen).Status == "needs attention", "it is noticed");
        Assert.Equal("the vendor says that the token has expired", Connection(lumen).Problem);
        await lumen.UntilAsync(expired, "done");

        static Response Inside(string error) => Response.Create().WithBodyAsJson(new { error });
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task Key_is_not_taken_where_an_answer_points(int status)
    {
        await using var stranger = await VendorServer.StartAsync();
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Customer).RespondWith(Response.Create().WithStatusCode(status).WithHeader("Location", stranger.Url + "/customers/7"));
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(delivery, "quarantined");
        Assert.Equal($"customer 7: the vendor points elsewhere ({status}), and the hub does not take the key there; correct the address of the API in the settings", (await lumen.DeliveryAsync(delivery)).Reason);
        Assert.Empty(stranger.LogEntries);
    }

    [Theory]
    [InlineData(Fault.ConnectionDropped)]
    [InlineData(Fault.BodyBroken)]
    public async Task Dropped_connection_is_tried_again_at_once(Fault fault)
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Customer).RespondWith(LumenHub.Customer("7").WithFault(fault), LumenHub.Customer("7").WithFault(fault), LumenHub.Customer("7"));
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(delivery, "done");
        Assert.Equal(3, lumen.Calls());
    }

    [Fact]
    public async Task Vendor_that_nobody_answers_for_is_waited_for()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", new { apiKey = "key-1", apiUrl = $"http://127.0.0.1:{HubProcess.FreePort()}" }));
        lumen.GivenCustomer("7");
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => Connection(lumen).Status == "waiting for the vendor", "it is noticed");
        Assert.Equal("the vendor can't be reached (ConnectionError)", Connection(lumen).Problem);
        await lumen.ConfigureAsync(("lumen", new { apiKey = "key-1" }));
        await lumen.UntilAsync(delivery, "done");
    }

    private static (string Status, string? Problem) Connection(LumenHub lumen) => lumen.ConnectionAsync().GetAwaiter().GetResult();
}
