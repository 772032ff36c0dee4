using IntegrationHub.Connectors;
using IntegrationHub.Hub.Tests.Configuration;
using IntegrationHub.VendorStub;

namespace IntegrationHub.Hub.Tests.Vendors;

/// <summary>Access tokens: got, used, renewed.</summary>
public sealed class OAuthTests
{
    private static readonly Request TokenCall = Request.Create().WithPath("/oauth/token");
    private static readonly object ByConsent = new { clientSecret = "client-secret", authorizeUrl = "https://lumen.example/authorize", refreshToken = "first-refresh-token" };
    private static readonly object ByClient = new { clientSecret = "client-secret" };

    [Fact]
    public async Task Refresh_token_of_the_settings_begins_and_each_answer_brings_the_next_one()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        var tokens = LumenTokens.Given(lumen.Vendor, "first-refresh-token");
        for (var hour = 0; hour < 5; hour++)
        {
            for (var call = 0; call < 3; call++) await lumen.Api().ReadAsync("customer", "7", default);
            Assert.Equal(hour + 1, tokens.Calls.Count);
            lumen.Time.Advance(TimeSpan.FromMinutes(55));
        }
        var used = tokens.Calls.Select(call => call.Form["refresh_token"]).ToList();
        Assert.Equal(5, used.Distinct().Count());
        Assert.Equal("first-refresh-token", used[0]);
        Assert.Equal(15, lumen.Calls("/customers/*"));
    }

    [Fact]
    public async Task Client_gets_a_token_by_its_secret_and_asks_for_the_next_one_in_time()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByClient));
        var tokens = LumenTokens.Given(lumen.Vendor);
        await lumen.Api().ReadAsync("customer", "7", default);
        lumen.Time.Advance(TimeSpan.FromMinutes(54));
        await lumen.Api().ReadAsync("customer", "7", default);
        Assert.Equal(("client_credentials", "customers orders"), (tokens.Calls.Single().Form["grant_type"], tokens.Calls.Single().Form["scope"]));
        lumen.Time.Advance(TimeSpan.FromMinutes(1));
        await lumen.Api().ReadAsync("customer", "7", default);
        Assert.Equal(2, tokens.Calls.Count);
    }

    [Fact]
    public async Task Token_stands_alone_in_the_header_that_the_vendor_has_for_it()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", new { clientSecret = "client-secret", tokenHeader = "X-Lumen-Token" }));
        lumen.Vendor.Given(TokenCall).RespondWith(Response.Create().WithBodyAsJson(new { access_token = "first", expires_in = 3600 }));
        lumen.Vendor.Given(Request.Create().WithPath("/customers/*").WithHeader("X-Lumen-Token", "first")).RespondWith(Response.Create().WithCallback(_ =>
        {
            lumen.Vendor.Given(TokenCall).RespondWith(Response.Create().WithBodyAsJson(new { access_token = "second", expires_in = 3600 }));
            return Response.Create().WithStatusCode(401);
        }));
        lumen.Vendor.Given(Request.Create().WithPath("/customers/*").WithHeader("X-Lumen-Token", "second")).RespondWith(LumenHub.Customer("7"));
        await lumen.Api().ReadAsync("customer", "7", default);
        Assert.All(lumen.Vendor.FindLogEntries(Request.Create().WithPath("/customers/*")), call => Assert.False(call.Headers.ContainsKey("Authorization")));
        Assert.Equal(2, lumen.Calls("/customers/7"));
    }

    [Theory]
    [InlineData(3600, 3299, 3300)]
    [InlineData("600", 479, 480)]
    [InlineData(null, 1499, 1500)]
    public async Task Token_is_renewed_when_a_fifth_of_its_life_is_left_and_at_most_five_minutes_ahead(object? lifetime, int before, int then)
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        var tokens = LumenTokens.Given(lumen.Vendor, "first-refresh-token");
        tokens.Lifetime = lifetime;
        await lumen.Api().ReadAsync("customer", "7", default);
        lumen.Time.Advance(TimeSpan.FromSeconds(before));
        await lumen.Api().ReadAsync("customer", "7", default);
        Assert.Single(tokens.Calls);
        lumen.Time.Advance(TimeSpan.FromSeconds(then - before));
        await lumen.Api().ReadAsync("customer", "7", default);
        Assert.Equal(2, tokens.Calls.Count);
    }

    [Fact]
    public async Task Two_hundred_calls_at_once_are_one_renewal()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        var tokens = LumenTokens.Given(lumen.Vendor, "first-refresh-token");
        await ReadManyAsync();
        Assert.Single(tokens.Calls);
        tokens.Expire();
        await ReadManyAsync();
        Assert.Equal(2, tokens.Calls.Count);
        lumen.Time.Advance(TimeSpan.FromHours(1));
        await ReadManyAsync();
        Assert.Equal(3, tokens.Calls.Count);

        Task ReadManyAsync() => Task.WhenAll(Enumerable.Range(0, 200).Select(id => lumen.Api().ReadAsync("customer", $"{id}", default)));
    }

    [Fact]
    public async Task Token_that_the_vendor_refuses_is_renewed_once_and_the_call_repeated_once()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        var tokens = LumenTokens.Given(lumen.Vendor, "first-refresh-token");
        await lumen.Api().ReadAsync("customer", "7", default);
        tokens.Expire();
        var delivery = await lumen.HintAsync("lumen", "customer/8");
        await lumen.UntilAsync(delivery, "done");
        Assert.Equal((2, 2), (tokens.Calls.Count, lumen.Calls("/customers/8")));
        await lumen.IsOkAsync();
    }

    [Fact]
    public async Task Vendor_that_refuses_every_token_is_not_asked_for_ever()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        var tokens = LumenTokens.Given(lumen.Vendor, "first-refresh-token");
        lumen.Vendor.Given(Request.Create().WithPath("/customers/*")).RespondWith(Response.Create().WithStatusCode(401));
        var failure = await Assert.ThrowsAsync<VendorException>(() => lumen.Api().ReadAsync("customer", "7", default));
        Assert.Equal((VendorFault.Unauthorized, "the vendor does not accept the token, although it was just renewed; authorize again: POST /api/connections/lumen/authorize"), (failure.Fault, failure.Message));
        Assert.Equal((2, 2), (tokens.Calls.Count, lumen.Calls("/customers/7")));
        // The same token once more is no new one.
        lumen.Vendor.Given(TokenCall).RespondWith(Response.Create().WithBodyAsJson(new { access_token = "always-the-same", expires_in = 3600 }));
        for (var call = 0; call < 3; call++) await Assert.ThrowsAsync<VendorException>(() => lumen.Api().ReadAsync("customer", "7", default));
        Assert.InRange(tokens.Calls.Count, 3, 8);
    }

    [Fact]
    public async Task Revoked_grant_needs_attention_keeps_its_deliveries_and_goes_on_when_it_is_granted_again()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        var tokens = LumenTokens.Given(lumen.Vendor, "first-refresh-token");
        await lumen.Api().ReadAsync("customer", "7", default);
        tokens.Revoke();
        List<long> deliveries = [await lumen.HintAsync("lumen", "customer/7"), await lumen.HintAsync("lumen", "customer/8")];
        await lumen.UntilAsync(() => lumen.ConnectionAsync().GetAwaiter().GetResult().Status == "needs attention", "it is noticed");
        const string problem = "the grant was revoked or has run out; authorize again: POST /api/connections/lumen/authorize";
        Assert.Equal(problem, (await lumen.ConnectionAsync()).Problem);
        await lumen.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromSeconds(30));
        Assert.InRange(tokens.Calls.Count, 5, 60);
        Assert.All(deliveries, delivery => Assert.Equal("hydrating", lumen.DeliveryAsync(delivery).GetAwaiter().GetResult().Status));
        await Consent.GiveAsync(lumen);
        foreach (var delivery in deliveries) await lumen.UntilAsync(delivery, "done");
        await lumen.IsOkAsync();
    }

    [Theory]
    [InlineData(400, "invalid_client", VendorFault.Unauthorized, "the vendor does not accept the client (invalid_client); correct client id and secret in the settings")]
    [InlineData(401, "unauthorized_client", VendorFault.Unauthorized, "the vendor does not accept the client (unauthorized_client); correct client id and secret in the settings")]
    [InlineData(401, "invalid_grant", VendorFault.Unauthorized, "the grant was revoked or has run out; authorize again: POST /api/connections/lumen/authorize")]
    [InlineData(200, "invalid_grant", VendorFault.Unauthorized, "the grant was revoked or has run out; authorize again: POST /api/connections/lumen/authorize")]
    [InlineData(400, "invalid_scope", VendorFault.Unauthorized, "the vendor's token endpoint refuses the request (invalid_scope); compare the settings with the connector's page")]
    [InlineData(400, "zoe@example.com is not allowed", VendorFault.Unauthorized, "the vendor's token endpoint refuses (400): the grant was revoked or has run out; authorize again: POST /api/connections/lumen/authorize")]
    [InlineData(503, "temporarily_unavailable", VendorFault.Unavailable, "the vendor's token endpoint is not available (temporarily_unavailable)")]
    [InlineData(429, "x", VendorFault.Throttled, "the vendor's token endpoint has had too many calls (429)")]
    public async Task Refusal_of_the_token_endpoint_says_what_to_do_and_nothing_of_its_own_words(int status, string error, VendorFault fault, string problem)
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        lumen.Vendor.Given(TokenCall).RespondWith(Response.Create().WithStatusCode(status).WithBodyAsJson(new { error, error_description = "secret" }));
        var failure = await Assert.ThrowsAsync<VendorException>(() => lumen.Api().ReadAsync("customer", "7", default));
        Assert.Equal((fault, problem), (failure.Fault, failure.Message));
        Assert.Equal(1, lumen.Calls());
    }

    [Theory]
    [InlineData(200, "<html>come back later</html>")]
    [InlineData(200, "{\"token\": \"here\"}")]
    [InlineData(200, "{\"access_token\": 7}")]
    [InlineData(302, "")]
    [InlineData(500, "oops")]
    public async Task Token_endpoint_that_gives_no_token_is_waited_for(int status, string body)
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        var tokens = LumenTokens.Given(lumen.Vendor, "first-refresh-token");
        lumen.Vendor.Given(TokenCall).InScenario("down").RespondWith(Response.Create().WithStatusCode(status).WithHeader("Location", lumen.Vendor.Url + "/elsewhere").WithBody(body));
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => lumen.ConnectionAsync().GetAwaiter().GetResult().Status == "waiting for the vendor", "it is noticed");
        Assert.Equal($"the vendor's token endpoint answers without a token ({status})", (await lumen.ConnectionAsync()).Problem);
        await lumen.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromSeconds(15));
        Assert.InRange(tokens.Calls.Count, 5, 20);
        lumen.Vendor.SetScenarioState("down", "over");
        await lumen.UntilAsync(() => lumen.Hub.Inbox.Summary(delivery)?.Status is Hub.Inbox.DeliveryStatus.Done, "it is done", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Token_endpoint_that_is_down_ahead_of_the_end_stops_nothing_and_is_not_asked_with_every_call()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        var tokens = LumenTokens.Given(lumen.Vendor, "first-refresh-token");
        await lumen.Api().ReadAsync("customer", "7", default);
        lumen.Vendor.Given(TokenCall).InScenario("down").RespondWith(Response.Create().WithStatusCode(503));
        lumen.Time.Advance(TimeSpan.FromMinutes(56));
        for (var call = 0; call < 10; call++) await lumen.Api().ReadAsync("customer", "7", default);
        Assert.Equal(2, tokens.Calls.Count);
        lumen.Vendor.SetScenarioState("down", "over");
        lumen.Time.Advance(TimeSpan.FromMinutes(1));
        for (var call = 0; call < 10; call++) await lumen.Api().ReadAsync("customer", "7", default);
        Assert.Equal(3, tokens.Calls.Count);
    }

    [Fact]
    public async Task Token_endpoint_that_does_not_answer_is_given_up_after_half_a_minute()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        lumen.Vendor.Given(TokenCall).RespondWith(Response.Create().WithDelay(new TaskCompletionSource().Task));
        var reading = lumen.Api().ReadAsync("customer", "7", default);
        await Eventually.HoldsAsync(() => lumen.Calls() == 1, "it was asked");
        lumen.Time.Advance(TimeSpan.FromSeconds(30));
        var failure = await Assert.ThrowsAsync<VendorException>(() => reading);
        Assert.Equal((VendorFault.Unavailable, "the vendor's token endpoint did not answer within 30 s"), (failure.Fault, failure.Message));
    }

    [Fact]
    public async Task Caller_that_goes_away_does_not_lose_the_next_refresh_token()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        var tokens = LumenTokens.Given(lumen.Vendor, "first-refresh-token");
        var release = new TaskCompletionSource();
        lumen.Vendor.Given(TokenCall).RespondWith(Response.Create().WithDelay(release.Task).WithBodyAsJson(new { access_token = "slow-access", refresh_token = "slow-refresh", expires_in = 3600 }));
        tokens.Accepted.Add("slow-access");
        using var leaving = new CancellationTokenSource();
        var reading = lumen.Api().ReadAsync("customer", "7", leaving.Token);
        await Eventually.HoldsAsync(() => tokens.Calls.Count == 1, "it was asked");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        release.SetResult();
        await lumen.Api().ReadAsync("customer", "7", default);
        Assert.Single(tokens.Calls);
    }

    [Fact]
    public async Task Clock_that_is_set_back_renews_the_token_and_one_set_forward_does_no_harm()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        var tokens = LumenTokens.Given(lumen.Vendor, "first-refresh-token");
        await lumen.Api().ReadAsync("customer", "7", default);
        lumen.Time.Set(lumen.Time.GetUtcNow() - TimeSpan.FromHours(6));
        for (var call = 0; call < 3; call++) await lumen.Api().ReadAsync("customer", "7", default);
        Assert.Equal(2, tokens.Calls.Count);
        lumen.Time.Set(lumen.Time.GetUtcNow() + TimeSpan.FromDays(6));
        for (var call = 0; call < 3; call++) await lumen.Api().ReadAsync("customer", "7", default);
        Assert.Equal(3, tokens.Calls.Count);
    }

    [Fact]
    public async Task Another_client_or_another_refresh_token_in_the_settings_begins_anew_and_one_taken_out_changes_nothing()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", ByConsent));
        var tokens = LumenTokens.Given(lumen.Vendor, "first-refresh-token", "pasted-later");
        await lumen.Api().ReadAsync("customer", "7", default);
        await lumen.ConfigureAsync(("lumen", new { clientSecret = "client-secret", authorizeUrl = "https://lumen.example/authorize" }));
        lumen.Time.Advance(TimeSpan.FromHours(1));
        await lumen.Api().ReadAsync("customer", "7", default);
        Assert.StartsWith("refresh-1-", tokens.Calls[^1].Form["refresh_token"], StringComparison.Ordinal);
        await lumen.ConfigureAsync(("lumen", new { clientSecret = "client-secret", authorizeUrl = "https://lumen.example/authorize", refreshToken = "pasted-later" }));
        await lumen.Api().ReadAsync("customer", "7", default);
        Assert.Equal((3, "pasted-later"), (tokens.Calls.Count, tokens.Calls[^1].Form["refresh_token"]));
        await lumen.ConfigureAsync(("lumen", new { clientSecret = "client-secret", authorizeUrl = "https://lumen.example/authorize", clientId = "another" }));
        var failure = await Assert.ThrowsAsync<VendorException>(() => lumen.Api().ReadAsync("customer", "7", default));
        Assert.Equal("nobody has granted access yet; authorize: POST /api/connections/lumen/authorize", failure.Message);
        Assert.Equal(0, lumen.Hub.Database.Read(session => session.First("select count(*) from oauth_token", row => row.GetInt32(0))));
    }

    [Fact]
    public async Task Token_without_an_end_is_used_until_the_vendor_refuses_it()
    {
        await using var lumen = await LumenHub.StartAsync(("lumen", new { clientSecret = "client-secret", authorizeUrl = "https://lumen.example/authorize" }));
        var tokens = LumenTokens.Given(lumen.Vendor);
        lumen.Vendor.Given(TokenCall).RespondWith(Response.Create().WithBodyAsJson(new { access_token = "endless" }));
        tokens.Accepted.Add("endless");
        await Consent.GiveAsync(lumen);
        await lumen.Api().ReadAsync("customer", "7", default);
        lumen.Time.Advance(TimeSpan.FromDays(300));
        await lumen.Api().ReadAsync("customer", "7", default);
        tokens.Expire();
        var failure = await Assert.ThrowsAsync<VendorException>(() => lumen.Api().ReadAsync("customer", "7", default));
        Assert.Equal("the vendor does not accept the token any more; authorize again: POST /api/connections/lumen/authorize", failure.Message);
        Assert.Single(tokens.Calls);
    }
}
