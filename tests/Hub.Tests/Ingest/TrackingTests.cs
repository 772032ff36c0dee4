using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace IntegrationHub.Hub.Tests.Ingest;

/// <summary>Pages and servers that track visitors, on the paths that their libraries call.</summary>
public sealed class TrackingTests : IAsyncLifetime
{
    private const string Site = "https://www.example.com";
    private const string ServerKey = "wk_server_1";
    private const string PageKey = "wk_page_1";
    private const string Visitor = "0e9a4c57-61fb-4d28-b3f9-7c2a58e0d146";
    private const string Landing = Site + "/preise?utm_source=newsletter&utm_medium=email&utm_campaign=herbst";

    private const string Connections = $$"""
        { "connections": { "website": { "connector": "segment", "settings": {
          "webhookToken": ["{{ServerKey}}", "wk_server_0"], "allowedOrigins": ["{{Site}}"], "browserKeys": ["{{PageKey}}"], "currency": "EUR" } } } }
        """;

    private TestHub hub = null!;

    public async Task InitializeAsync() => hub = await TestHub.StartAsync(Connections);

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Visitor_who_browses_signs_up_and_orders_is_one_contact_with_the_first_campaign_kept()
    {
        await BrowseAsync("/v1/p", Call("page", 0, "\"userId\":null", $$"""{"title":"Preise","url":"{{Landing}}"}""", Landing));
        await BrowseAsync("/v1/t", Call("track", 1, "\"event\":\"File Downloaded\"", """{"file_name":"preisliste.pdf","title":"Preisliste"}""", Site + "/preise"));
        await BrowseAsync("/v1/i", Call("identify", 2, "\"userId\":\"u-1\",\"traits\":{\"email\":\"maja@example.com\",\"firstName\":\"Maja\"}", "{}", Site + "/konto"));
        await ServeAsync("/v1/batch", $$$$"""
            {"batch":[
              {"type":"track","event":"Signed Up","userId":"u-1","messageId":"s1","timestamp":"2024-11-20T15:03:00Z","properties":{"last_name":"Kovač"}},
              {"type":"track","event":"Order Completed","userId":"u-1","messageId":"s2","timestamp":"2024-11-21T09:00:00Z","properties":{"order_id":"7","total":42.5},"context":{"campaign":{"name":"retarget"}}}],
             "writeKey":"{{{{ServerKey}}}}"}
            """);
        await hub.SettleAsync();
        var contact = await FindAsync("email=maja@example.com");
        Assert.Equal(("Maja", "Kovač"), (Field(contact, "firstName"), Field(contact, "lastName")));
        Assert.Equal("42.50", contact.GetProperty("orders").GetProperty("lifetimeValue").GetProperty("EUR").GetString());
        Assert.Equal(contact.GetProperty("id").GetString(), (await FindAsync($"identifier=anonymous:website:{Visitor}")).GetProperty("id").GetString());
        var timeline = await TimelineAsync(contact);
        Assert.Equal(["PageViewed", "ContentDownloaded", "ContactObserved", "ContactObserved", "FormSubmitted", "OrderPaid", "OrderPlaced"], timeline.Select(KindOf).OrderBy(Rank));
        Assert.Equal("herbst", CampaignOf(timeline.Single(entry => KindOf(entry) == "PageViewed")));
        Assert.Equal("retarget", CampaignOf(timeline.Single(entry => KindOf(entry) == "OrderPlaced")));
        Assert.Equal("2024-11-20T15:00:00Z", contact.GetProperty("firstSeen").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_users_of_one_browser_stay_two_people_and_the_visits_before_go_to_the_first(bool reversed)
    {
        (string Path, string Body)[] calls =
        [
            ("/v1/p", Call("page", 0, "\"userId\":null", """{"title":"Before"}""", Site + "/")),
            ("/v1/i", Call("identify", 1, "\"userId\":\"u-1\",\"traits\":{\"email\":\"one@example.com\"}", "{}", Site + "/")),
            ("/v1/i", Call("identify", 2, "\"userId\":\"u-2\",\"traits\":{\"email\":\"two@example.com\"}", "{}", Site + "/")),
            ("/v1/p", Call("page", 3, "\"userId\":\"u-2\"", """{"title":"After"}""", Site + "/")),
        ];
        foreach (var (path, body) in reversed ? calls.Reverse() : calls)
        {
            await BrowseAsync(path, body);
            await hub.SettleAsync();
        }
        var (one, two) = (await FindAsync("email=one@example.com"), await FindAsync("email=two@example.com"));
        Assert.NotEqual(one.GetProperty("id").GetString(), two.GetProperty("id").GetString());
        Assert.Equal(["Saw Before"], await SightsAsync(one));
        Assert.Equal(["Saw After"], await SightsAsync(two));
        Assert.NotEmpty((await hub.GetAsync("/api/review?kind=refused_tie")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Page_is_answered_as_libraries_expect_and_may_read_it()
    {
        var body = Call("page", 0, "\"userId\":null", "{}", Site + "/");
        foreach (var retry in new[] { "first", "again" })
        {
            using var answer = await BrowseAsync("/v1/p", body.Replace("\"sentAt\":\"\"", $"\"sentAt\":\"{retry}\"", StringComparison.Ordinal));
            Assert.Equal("{\"success\":true}", await answer.Content.ReadAsStringAsync());
            Assert.Equal([Site], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        }
        Assert.Single(hub.Inbox.List(null, null, 10, null));
    }

    [Fact]
    public async Task Browser_may_ask_before_it_calls()
    {
        using var allowed = await AskAsync(Site);
        Assert.Equal((HttpStatusCode.NoContent, ""), (allowed.StatusCode, await allowed.Content.ReadAsStringAsync()));
        Assert.Equal(["POST, OPTIONS"], allowed.Headers.GetValues("Access-Control-Allow-Methods"));
        Assert.Equal(["authorization, content-type, x-retry-count"], allowed.Headers.GetValues("Access-Control-Allow-Headers"));
        using var refused = await AskAsync("https://evil.example");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Empty(hub.Inbox.List(null, null, 10, null));
    }

    [Fact]
    public async Task Page_of_another_origin_is_refused_and_not_stored()
    {
        using var answer = await SendAsync("/v1/p", Call("page", 0, "\"userId\":null", "{}", Site + "/"), "text/plain", PageKey, "https://evil.example");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Empty(hub.Inbox.List(null, null, 10, null));
    }

    [Fact]
    public async Task Answer_of_the_hub_itself_can_be_read_by_the_page_too()
    {
        using var unknown = await SendAsync("/v1/p", "{}", "text/plain", "wk_unknown", Site);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal([Site], unknown.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal("The sender could not be verified: the write key does not match.", JsonDocument.Parse(await unknown.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString());
        await using var small = await TestHub.StartAsync(Connections, settings: "--Hub:MaxBodyBytes=1024");
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/p") { Content = new StringContent(new string(' ', 1025)) };
        message.Headers.Add("Origin", Site);
        using var tooLarge = await small.Http.SendAsync(message);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Equal([Site], tooLarge.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["Retry-After"], tooLarge.Headers.GetValues("Access-Control-Expose-Headers"));
    }

    [Fact]
    public async Task Key_that_is_being_changed_is_taken_and_none_is_stored()
    {
        using var old = await ServeAsync("/v1/track", """{"type":"track","event":"Signed Up","userId":"u-1","messageId":"m1","writeKey":"wk_server_0"}""", "wk_server_0");
        using var packed = new ByteArrayContent(Packed("""{"type":"page","userId":"u-1","messageId":"m2","writeKey":"wk_server_1"}"""));
        packed.Headers.ContentEncoding.Add("gzip");
        using var stranger = Stranger();
        using var answer = await stranger.PostAsync("/v1/page", packed);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await hub.SettleAsync();
        foreach (var id in new long[] { 1, 2 })
        {
            var delivery = hub.Inbox.Find(id)!;
            Assert.DoesNotContain("wk_server", Encoding.UTF8.GetString(delivery.Body.Span), StringComparison.Ordinal);
            Assert.Contains($"\"messageId\":\"m{id}\"", Encoding.UTF8.GetString(delivery.Body.Span), StringComparison.Ordinal);
            Assert.DoesNotContain("Authorization", delivery.Headers.Keys);
        }
        Assert.Equal(2, (await hub.GetAsync("/api/deliveries?status=done")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Path_that_is_no_tracking_call_is_refused_even_with_the_key()
    {
        using var answer = await SendAsync("/v1/projects", "{}", "application/json", ServerKey, null);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        using var nowhere = await SendAsync("/v2/track", "{}", "application/json", ServerKey, null);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    // As analytics.js writes it.
    private static string Call(string type, int minute, string members, string properties, string url) => $$$"""
        {"timestamp":"2024-11-20T15:0{{{minute}}}:00.000Z","integrations":{},"type":"{{{type}}}","anonymousId":"{{{Visitor}}}",{{{members}}},"properties":{{{properties}}},"context":{"page":{"url":"{{{url}}}","referrer":""},"campaign":{}},"messageId":"ajs-next-{{{minute}}}","writeKey":"{{{PageKey}}}","sentAt":""}
        """;

    private async Task<HttpResponseMessage> BrowseAsync(string path, string body) => await AcceptedAsync(SendAsync(path, body, "text/plain", null, Site));

    private async Task<HttpResponseMessage> ServeAsync(string path, string body, string key = ServerKey) => await AcceptedAsync(SendAsync(path, body, "application/json", key, null));

    private static async Task<HttpResponseMessage> AcceptedAsync(Task<HttpResponseMessage> sent)
    {
        var answer = await sent;
        Assert.True(answer.StatusCode is HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return answer;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string body, string contentType, string? key, string? origin)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        if (key is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));
        if (origin is not null) message.Headers.Add("Origin", origin);
        using var stranger = Stranger();
        return await stranger.SendAsync(message);
    }

    // The hub's own client carries the key of the API in the header that write keys come in.
    private HttpClient Stranger() => new() { BaseAddress = hub.Http.BaseAddress };

    private async Task<HttpResponseMessage> AskAsync(string origin)
    {
        using var message = new HttpRequestMessage(HttpMethod.Options, "/v1/t");
        message.Headers.Add("Origin", origin);
        message.Headers.Add("Access-Control-Request-Method", "POST");
        message.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var stranger = Stranger();
        return await stranger.SendAsync(message);
    }

    private async Task<JsonElement> FindAsync(string query) => (await hub.GetAsync("/api/contacts?" + query)).GetProperty("items").EnumerateArray().Single();

    private async Task<List<JsonElement>> TimelineAsync(JsonElement contact) =>
        [.. (await hub.GetAsync($"/api/contacts/{contact.GetProperty("id").GetString()}/timeline")).GetProperty("items").EnumerateArray()];

    private async Task<IEnumerable<string?>> SightsAsync(JsonElement contact) =>
        (await TimelineAsync(contact)).Where(entry => KindOf(entry) == "PageViewed").Select(entry => entry.GetProperty("summary").GetString());

    private static string? KindOf(JsonElement entry) => entry.GetProperty("kind").GetString();

    private static int Rank(string? kind) => Array.IndexOf(["PageViewed", "ContentDownloaded", "ContactObserved", "FormSubmitted", "OrderPaid", "OrderPlaced"], kind);

    private static string? CampaignOf(JsonElement entry) => entry.GetProperty("event").GetProperty("attribution").GetProperty("campaign").GetString();

    private static string? Field(JsonElement contact, string name) => contact.GetProperty("fields").GetProperty(name).GetProperty("value").GetString();

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
