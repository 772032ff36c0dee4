using IntegrationHub.Connectors;
using IntegrationHub.Hub.Vendors;
using IntegrationHub.VendorStub;

namespace IntegrationHub.Hub.Tests.Vendors;

/// <summary>What stands between a connector and its vendor, call by call.</summary>
public sealed class PipelineTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Quick_fault_is_tried_three_times_with_growing_pauses()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(503));
        var failure = await FailAsync(lumen, lumen.Api().ReadAsync("customer", "7", default));
        Assert.Equal((VendorFault.Unavailable, "the vendor is not available (503)", 3), (failure.Fault, failure.Message, lumen.Calls()));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Fault_that_would_be_the_same_again_is_not_tried_again(int status)
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(status));
        await Assert.ThrowsAsync<VendorException>(() => lumen.Api().ReadAsync("customer", "7", default));
        Assert.Equal(1, lumen.Calls());
    }

    [Fact]
    public async Task Short_wait_that_the_vendor_asks_for_is_waited()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(429).WithRetryAfter(TimeSpan.FromSeconds(20)), LumenHub.Customer("7"));
        var reading = lumen.Api().ReadAsync("customer", "7", default);
        await Eventually.HoldsAsync(() => lumen.Calls() == 1, "it was asked for");
        await lumen.PassAsync(TimeSpan.FromSeconds(19), Step);
        Assert.Equal(1, lumen.Calls());
        Assert.Equal("7", (await lumen.Time.PassUntilAsync(reading, Step))["id"].Text());
    }

    [Fact]
    public async Task Long_wait_that_the_vendor_asks_for_is_passed_on_and_kept_by_all_who_share_the_account()
    {
        await using var lumen = await LumenHub.StartAsync(("one", new { apiKey = "key-1" }), ("two", new { apiKey = "key-2" }), ("other", new { apiKey = "key-3", account = "other" }));
        lumen.Vendor.Given(Request.Create()).RespondWith(LumenHub.Customer("7"));
        lumen.Vendor.Given(Request.Create().WithHeader("Authorization", "Bearer key-1")).RespondWith(Response.Create().WithStatusCode(429).WithRetryAfter(TimeSpan.FromSeconds(21)));
        var failure = await Assert.ThrowsAsync<VendorException>(() => lumen.Api("one").ReadAsync("customer", "7", default));
        Assert.Equal((VendorFault.Throttled, TimeSpan.FromSeconds(21)), (failure.Fault, failure.RetryAfter));
        var shared = await Assert.ThrowsAsync<VendorException>(() => lumen.Api("two").ReadAsync("customer", "7", default));
        Assert.Equal((VendorFault.Throttled, "the vendor has asked for a pause"), (shared.Fault, shared.Message));
        await lumen.Api("other").ReadAsync("customer", "7", default);
        lumen.Time.Advance(TimeSpan.FromSeconds(21));
        await lumen.Api("two").ReadAsync("customer", "7", default);
        Assert.Equal(3, lumen.Calls());
    }

    [Fact]
    public async Task Connections_of_one_account_share_the_vendors_limit()
    {
        await using var lumen = await LumenHub.StartAsync(("one", new { apiKey = "key-1", callsPerMinute = 5 }), ("two", new { apiKey = "key-2", callsPerMinute = 5 }), ("other", new { apiKey = "key-3", account = "other", callsPerMinute = 5 }));
        lumen.Vendor.Given(Request.Create()).RespondWith(LumenHub.Customer("7"));
        for (var call = 0; call < 3; call++) await lumen.Api("one").ReadAsync("customer", "7", default);
        for (var call = 0; call < 2; call++) await lumen.Api("two").ReadAsync("customer", "7", default);
        foreach (var name in new[] { "one", "two" })
        {
            var failure = await Assert.ThrowsAsync<VendorException>(() => lumen.Api(name).ReadAsync("customer", "7", default));
            Assert.Equal((VendorFault.Throttled, "the vendor's limit of 5 calls in 60 s is used up"), (failure.Fault, failure.Message));
        }
        await lumen.Api("other").ReadAsync("customer", "7", default);
        Assert.Equal(6, lumen.Calls());
        lumen.Time.Advance(TimeSpan.FromMinutes(1));
        await lumen.Api("two").ReadAsync("customer", "7", default);
    }

    [Fact]
    public async Task Vendor_that_is_down_is_left_alone_longer_each_time()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(503));
        while (lumen.Calls() < VendorPipeline.FailuresUntilBreak) await FailAsync(lumen, lumen.Api().ReadAsync("customer", "7", default));
        Assert.Equal(VendorPipeline.FailuresUntilBreak, lumen.Calls());
        var rest = VendorPipeline.FirstBreak;
        for (var round = 1; round <= 8; round++)
        {
            var failure = await Assert.ThrowsAsync<VendorException>(() => lumen.Api().ReadAsync("customer", "7", default));
            Assert.Equal((VendorFault.Unavailable, "the vendor is down, and is left alone for a while"), (failure.Fault, failure.Message));
            Assert.Equal(VendorPipeline.FailuresUntilBreak + round - 1, lumen.Calls());
            Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromTicks(1), rest);
            lumen.Time.Advance(rest);
            await FailAsync(lumen, lumen.Api().ReadAsync("customer", "7", default));
            Assert.Equal(VendorPipeline.FailuresUntilBreak + round, lumen.Calls());
            rest = rest * 2 < VendorPipeline.LongestBreak ? rest * 2 : VendorPipeline.LongestBreak;
        }
        lumen.GivenCustomer("7");
        lumen.Time.Advance(VendorPipeline.LongestBreak);
        for (var call = 0; call < 3; call++) await lumen.Api().ReadAsync("customer", "7", default);
    }

    [Fact]
    public async Task Vendor_that_does_not_answer_is_given_up_after_the_connectors_patience_and_not_asked_again_at_once()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", new { apiKey = "key-1", timeout = "PT30S" }));
        lumen.Vendor.Given(Request.Create()).RespondWith(LumenHub.Customer("7").WithDelay(new TaskCompletionSource().Task));
        var reading = lumen.Api().ReadAsync("customer", "7", default);
        await Eventually.HoldsAsync(() => lumen.Calls() == 1, "it was asked for");
        lumen.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(reading.IsCompleted);
        lumen.Time.Advance(TimeSpan.FromSeconds(1));
        var failure = await Assert.ThrowsAsync<VendorException>(() => reading);
        Assert.Equal((VendorFault.Unavailable, "the vendor did not answer within 30 s", 1), (failure.Fault, failure.Message, lumen.Calls()));
    }

    [Fact]
    public async Task What_may_have_changed_something_is_not_sent_twice_unless_the_vendor_says_that_it_did_nothing()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Request.Create().UsingPost()).RespondWith(Response.Create().WithStatusCode(503), Response.Create().WithStatusCode(429), LumenHub.Customer("7"));
        await FailAsync(lumen, lumen.Api().CreateAsync("customer", "{}", default));
        Assert.Equal(1, lumen.Calls());
        await lumen.Time.PassUntilAsync(lumen.Api().CreateAsync("customer", "{}", default), Step);
        Assert.Equal(3, lumen.Calls());
    }

    [Fact]
    public async Task Calls_at_a_time_are_as_many_as_the_connector_allows()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", new { apiKey = "key-1", parallel = 3 }));
        List<TaskCompletionSource> gates = [.. Enumerable.Range(0, 10).Select(_ => new TaskCompletionSource())];
        lumen.Vendor.Given(Request.Create()).RespondWith([.. gates.Select(gate => LumenHub.Customer("7").WithDelay(gate.Task))]);
        List<Task<Payload>> readings = [.. gates.Select(_ => lumen.Api().ReadAsync("customer", "7", default))];
        for (var answered = 0; answered < 10; answered++)
        {
            await Eventually.HoldsAsync(() => lumen.Calls() == Math.Min(10, answered + 3), $"{answered} were answered and three are being asked for");
            gates[answered].SetResult();
        }
        await Task.WhenAll(readings);
    }

    [Fact]
    public async Task Key_stays_at_the_vendors_own_host()
    {
        await using var stranger = await VendorServer.StartAsync();
        await using var lumen = await LumenHub.StartAsync();
        var failure = await Assert.ThrowsAsync<VendorException>(() => lumen.Api().ReadAtAsync(stranger.Url + "/customers/7", default));
        Assert.Equal((VendorFault.Refused, "the call leads to another host than the vendor's API, and the key stays here"), (failure.Fault, failure.Message));
        Assert.Empty(stranger.LogEntries);
    }

    [Fact]
    public async Task Answer_that_is_too_long_is_not_read_to_its_end()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Request.Create()).RespondWith(Response.Create().WithBody(new byte[VendorHandler.MaxAnswerBytes + 1]));
        var failure = await Assert.ThrowsAsync<VendorException>(() => lumen.Api().ReadAsync("customer", "7", default));
        Assert.Equal((VendorFault.Misread, $"the vendor's answer is longer than {VendorHandler.MaxAnswerBytes} bytes"), (failure.Fault, failure.Message));
    }

    [Fact]
    public async Task Connection_that_is_configured_anew_ends_its_calls_and_begins_no_more()
    {
        await using var lumen = await LumenHub.StartAsync();
        var release = new TaskCompletionSource();
        lumen.Vendor.Given(Request.Create()).RespondWith(LumenHub.Customer("7").WithDelay(release.Task));
        var before = lumen.Api();
        var reading = before.ReadAsync("customer", "7", default);
        await Eventually.HoldsAsync(() => lumen.Calls() == 1, "it was asked for");
        await lumen.ConfigureAsync(("lumen", new { apiKey = "key-2" }));
        var failure = await Assert.ThrowsAsync<VendorException>(() => before.ReadAsync("customer", "7", default));
        Assert.Equal((VendorFault.Unavailable, "the connection was configured anew in the middle of it", TimeSpan.Zero), (failure.Fault, failure.Message, failure.RetryAfter));
        release.SetResult();
        Assert.Equal("7", (await reading)["id"].Text());
        await lumen.Api().ReadAsync("customer", "7", default);
        Assert.Equal(["Bearer key-1", "Bearer key-2"], lumen.Vendor.LogEntries.Select(entry => entry.Headers["Authorization"]));
    }

    [Fact]
    public async Task Caller_that_goes_away_is_no_fault_of_the_vendor()
    {
        await using var lumen = await LumenHub.StartAsync();
        lumen.Vendor.Given(Request.Create()).RespondWith(LumenHub.Customer("7").WithDelay(new TaskCompletionSource().Task));
        for (var call = 1; call <= 2 * VendorPipeline.FailuresUntilBreak; call++)
        {
            using var leaving = new CancellationTokenSource();
            var reading = lumen.Api().ReadAsync("customer", "7", leaving.Token);
            await Eventually.HoldsAsync(() => lumen.Calls() == call, "it was asked for");
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        }
    }

    private static async Task<VendorException> FailAsync(LumenHub lumen, Task<Payload> call) => await Assert.ThrowsAsync<VendorException>(() => lumen.Time.PassUntilAsync(call, Step));
}
