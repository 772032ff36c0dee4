using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntegrationHub.Hub.Tests.Configuration;
using IntegrationHub.VendorStub;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Vendors;

/// <summary>How a person grants a connection access.</summary>
public sealed class AuthorizationTests
{
    private static readonly (string, object) Granted = ("lumen", new { clientSecret = "client-secret", authorizeUrl = "https://lumen.example/authorize?tenant=7" });

    [Fact]
    public async Task Person_is_led_to_the_vendor_and_back_and_what_waited_is_fetched()
    {
        await using var lumen = await LumenHub.StartAsync(Granted);
        var tokens = LumenTokens.Given(lumen.Vendor);
        var delivery = await lumen.HintAsync("lumen", "customer/7");
        await lumen.UntilAsync(() => lumen.ConnectionAsync().GetAwaiter().GetResult().Status == "needs attention", "it is noticed");
        Assert.Equal("nobody has granted access yet; authorize: POST /api/connections/lumen/authorize", (await lumen.ConnectionAsync()).Problem);

        var address = await Consent.BeginAsync(lumen);
        Assert.Equal("https://lumen.example/authorize", address.GetLeftPart(UriPartial.Path));
        foreach (var (name, value) in new[] { ("tenant", "7"), ("response_type", "code"), ("client_id", "lumen-client"), ("redirect_uri", "https://hub.example/inbound/oauth/callback"), ("scope", "customers orders"), ("access_type", "offline"), ("code_challenge_method", "S256") })
            Assert.Equal(value, Consent.Parameter(address, name));
        using var page = await Consent.ComeBackAsync(lumen, $"code=the+code%26&state={Consent.Parameter(address, "state")}");
        Assert.Equal((HttpStatusCode.OK, "text/html", "no-store"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType, page.Headers.CacheControl?.ToString()));
        Assert.Contains("The connection &#x27;lumen&#x27; has access now.", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var form = tokens.Calls.Single().Form;
        Assert.Equal(("authorization_code", "the code&", "https://hub.example/inbound/oauth/callback"), (form["grant_type"], form["code"], form["redirect_uri"]));
        Assert.Equal(Consent.Parameter(address, "code_challenge"), Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]))));
        await Eventually.HoldsAsync(() => lumen.Hub.Inbox.Summary(delivery)?.Status is Hub.Inbox.DeliveryStatus.Done, "it is fetched at once, while no time passes");
        await lumen.IsOkAsync();
    }

    [Fact]
    public async Task Request_is_good_once_for_ten_minutes_and_for_nobody_who_does_not_know_it()
    {
        await using var lumen = await LumenHub.StartAsync(Granted);
        LumenTokens.Given(lumen.Vendor);
        var used = Consent.Parameter(await Consent.BeginAsync(lumen), "state");
        var late = Consent.Parameter(await Consent.BeginAsync(lumen), "state");
        await AssertAnswersAsync(lumen, $"code=c&state={used}", HttpStatusCode.OK, "has access now");
        lumen.Time.Advance(TimeSpan.FromMinutes(10));
        foreach (var state in new[] { used, late, "", "made-up", late + "x" }) await AssertAnswersAsync(lumen, $"code=c&state={state}", HttpStatusCode.BadRequest, "This request is not known, was used already, or is older than 10 minutes. Begin again.");
        await AssertAnswersAsync(lumen, "", HttpStatusCode.BadRequest, "This request is not known");
        Assert.Equal(1, lumen.Calls());
    }

    [Fact]
    public async Task Person_who_says_no_grants_nothing_and_the_page_repeats_no_words_out_of_its_address()
    {
        await using var lumen = await LumenHub.StartAsync(Granted);
        await AssertAnswersAsync(lumen, $"error=access_denied&state={Consent.Parameter(await Consent.BeginAsync(lumen), "state")}", HttpStatusCode.BadRequest, "has not granted access to &#x27;lumen&#x27; (access_denied). Begin again");
        await AssertAnswersAsync(lumen, $"error=%3Cscript%3E&state={Consent.Parameter(await Consent.BeginAsync(lumen), "state")}", HttpStatusCode.BadRequest, "has not granted access to &#x27;lumen&#x27;. Begin again");
        Assert.Equal(0, lumen.Calls());
    }

    [Fact]
    public async Task Code_that_the_vendor_does_not_take_grants_nothing()
    {
        await using var lumen = await LumenHub.StartAsync(Granted);
        lumen.Vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(400).WithBodyAsJson(new { error = "invalid_grant" }));
        await AssertAnswersAsync(lumen, $"code=c&state={Consent.Parameter(await Consent.BeginAsync(lumen), "state")}", HttpStatusCode.BadRequest, "the vendor does not accept the code; begin again");
    }

    [Fact]
    public async Task Settings_that_change_meanwhile_end_the_request()
    {
        await using var lumen = await LumenHub.StartAsync(Granted);
        var state = Consent.Parameter(await Consent.BeginAsync(lumen), "state");
        await lumen.ConfigureAsync(("lumen", new { clientSecret = "client-secret", clientId = "another", authorizeUrl = "https://lumen.example/authorize" }));
        await AssertAnswersAsync(lumen, $"code=c&state={state}", HttpStatusCode.BadRequest, "The settings of &#x27;lumen&#x27; have changed meanwhile. Begin again.");
        Assert.Equal(0, lumen.Calls());
    }

    [Fact]
    public async Task Connection_that_nobody_can_grant_access_says_why()
    {
        await using var lumen = await LumenHub.StartAsync(("key", new { apiKey = "key-1" }), ("client", new { clientSecret = "client-secret" }));
        Assert.Equal((409, "The connection does not use OAuth: its key stands in the settings, or it calls no API."), await RefusalAsync(lumen.Hub, "key"));
        Assert.Equal((409, "Nobody has to grant this connection access: it gets its tokens by the client's id and secret."), await RefusalAsync(lumen.Hub, "client"));
        Assert.Equal((404, "There is no such connection."), await RefusalAsync(lumen.Hub, "nobody"));
        using var stranger = new HttpClient { BaseAddress = lumen.Hub.Http.BaseAddress };
        using var refused = await stranger.PostAsync("/api/connections/client/authorize", null);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Hub_that_does_not_know_its_own_address_says_what_to_set()
    {
        await using var hub = await TestHub.StartAsync(
            """{"connections": {"lumen": {"connector": "lumen", "settings": {"webhookSecret": "s", "apiUrl": "https://lumen.example", "clientSecret": "c", "authorizeUrl": "https://lumen.example/authorize"}}}}""",
            customize: builder => builder.Services.AddSingleton(Loading.Catalog), hasPublicUrl: false);
        Assert.Equal((409, "Set Hub:PublicUrl to the address under which browsers reach the hub. The vendor leads people back to it: register <Hub:PublicUrl>/oauth/callback there."), await RefusalAsync(hub, "lumen"));
    }

    private static async Task<(int Status, string? Detail)> RefusalAsync(TestHub hub, string connection)
    {
        using var answer = await hub.Http.PostAsync($"/api/connections/{connection}/authorize", null);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
    }

    private static async Task AssertAnswersAsync(LumenHub lumen, string query, HttpStatusCode status, string text)
    {
        using var page = await Consent.ComeBackAsync(lumen, query);
        var shown = await page.Content.ReadAsStringAsync();
        Assert.Equal(status, page.StatusCode);
        Assert.Contains(text, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", shown, StringComparison.OrdinalIgnoreCase);
    }
}
