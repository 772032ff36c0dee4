using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Tests.Vendors;
using IntegrationHub.VendorStub;

namespace IntegrationHub.Hub.Tests.Processes;

/// <summary>Several hubs renew a connection's token once for all of them: Lumen takes each refresh token only once.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class SharedTokenTests : IAsyncLifetime
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private VendorServer vendor = null!;
    private LumenTokens tokens = null!;
    private TwoHubs hubs = null!;

    public async Task InitializeAsync()
    {
        vendor = await VendorServer.StartAsync();
        tokens = LumenTokens.Given(vendor, "first-refresh-token");
        hubs = await TwoHubs.StartAsync(vendor, ("lumen", new { clientSecret = "client-secret", authorizeUrl = "https://lumen.example/authorize", refreshToken = "first-refresh-token" }));
    }

    public async Task DisposeAsync()
    {
        await hubs.DisposeAsync();
        await vendor.DisposeAsync();
    }

    [Fact]
    public async Task Token_that_runs_out_in_two_processes_at_once_is_renewed_once_and_both_go_on_with_the_new_one()
    {
        for (var renewals = 1; renewals <= 3; renewals++)
        {
            await CallFromBothAsync();
            Assert.Equal(renewals, tokens.Calls.Count);
            Assert.Equal(tokens.Accepted.Count, renewals);
            hubs.Time.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task Token_that_the_vendor_refuses_two_processes_at_once_is_renewed_once()
    {
        await CallFromBothAsync();
        tokens.Expire();
        await CallFromBothAsync();
        Assert.Equal(2, tokens.Calls.Count);
    }

    [Fact]
    public async Task Process_that_waits_for_a_renewal_asks_for_none_itself_and_calls_with_what_came_of_it()
    {
        var answer = new TaskCompletionSource();
        tokens.AnswerAfter(answer.Task);
        var first = hubs.One.Api().ReadAsync("customer", "7", default);
        await Eventually.HoldsAsync(() => tokens.Calls.Count == 1, "one of them asks");
        var second = hubs.Other.Api().ReadAsync("customer", "8", default);
        await hubs.One.PassAsync(20 * Look, Look);
        Assert.Single(tokens.Calls);
        answer.SetResult();
        await hubs.Time.PassUntilAsync(Task.WhenAll(first, second), Look);
        Assert.Single(tokens.Calls);
        Assert.Single(vendor.FindLogEntries(Request.Create().WithPath("/customers/*")).Select(call => call.Headers["Authorization"]).Distinct(StringComparer.Ordinal));
    }

    private Task CallFromBothAsync() => hubs.Time.PassUntilAsync(
        Task.WhenAll(new[] { hubs.One, hubs.Other }.SelectMany(hub => Enumerable.Range(0, 4).Select(id => hub.Api().ReadAsync("customer", $"{id}", default)))), Look);
}
