using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.VendorStub;

namespace IntegrationHub.Connectors.Tests.Stub;

public sealed class VendorServerTests : IAsyncLifetime
{
    private VendorServer vendor = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        vendor = await VendorServer.StartAsync();
        http = vendor.CreateClient();
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await vendor.DisposeAsync();
    }

    [Fact]
    public async Task Given_request_is_answered_and_logged()
    {
        vendor.Given(Request.Create().WithPath("/v1/customers").UsingPost().WithParam("dry", "1").WithHeader("Authorization", "Bearer *").WithBody("*\"zoe@*"))
            .RespondWith(Response.Create().WithStatusCode(HttpStatusCode.Created).WithHeader("X-Left", "7").WithBodyAsJson(new { Id = 7 }));
        using var message = new HttpRequestMessage(HttpMethod.Post, "v1/customers?dry=1") { Content = JsonContent.Create(new { email = "zoe@example.com" }) };
        message.Headers.TryAddWithoutValidation("Authorization", "Bearer key");
        using var answer = await http.SendAsync(message);
        Assert.Equal((HttpStatusCode.Created, """{"id":7}""", "application/json", "7"),
            (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentType?.MediaType, answer.Headers.GetValues("X-Left").Single()));
        var logged = vendor.LogEntries.Single();
        Assert.Equal(("POST", "/v1/customers", "1", "Bearer key", "zoe@example.com", true),
            (logged.Method, logged.Path, logged.Query["dry"], logged.Headers["authorization"], logged.Json.GetProperty("email").GetString(), logged.IsExpected));
        Assert.Same(logged, Assert.Single(vendor.FindLogEntries(Request.Create().UsingPost())));
        Assert.Empty(vendor.FindLogEntries(Request.Create().UsingGet()));
    }

    [Theory]
    [InlineData("/customers/7", "/customers/7", true)]
    [InlineData("/customers/7", "/customers/77", false)]
    [InlineData("/customers/*", "/customers/7/orders", true)]
    [InlineData("/customers/*", "/customer/7", false)]
    [InlineData("/*/7", "/customers/7", true)]
    [InlineData("/customers/?", "/customers/77", false)]
    [InlineData("/customers/?", "/customers/7", true)]
    [InlineData("/a.b(c)", "/a.b(c)", true)]
    [InlineData("/a.b", "/axb", false)]
    public async Task Path_is_exact_but_for_wildcards(string pattern, string path, bool matches)
    {
        vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(404));
        vendor.Given(Request.Create().WithPath(pattern)).RespondWith(Response.Create());
        Assert.Equal(matches ? HttpStatusCode.OK : HttpStatusCode.NotFound, await StatusAsync(path));
    }

    [Fact]
    public async Task Conditions_tell_requests_apart()
    {
        vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(404));
        vendor.Given(Request.Create().WithoutParam("page").WithoutHeader("X-Trace")).RespondWith(Response.Create());
        vendor.Given(Request.Create().UsingPost().WithForm("grant_type", "refresh_token").WithForm("refresh_token")).RespondWith(Response.Create().WithStatusCode(202));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/?page=1"));
        using var form = new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", "r 1&")]);
        using var answer = await http.PostAsync("/", form);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("r 1&", vendor.LogEntries[^1].Form["refresh_token"]);
    }

    [Fact]
    public async Task Answers_come_one_after_the_other_and_the_last_one_stays()
    {
        vendor.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(503), Response.Create().WithStatusCode(429).WithRetryAfter(TimeSpan.FromSeconds(7)), Response.Create());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync("/"));
        using var throttled = await http.GetAsync("/");
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (throttled.StatusCode, throttled.Headers.RetryAfter?.Delta));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/"));
    }

    [Fact]
    public async Task Scenario_goes_from_state_to_state()
    {
        vendor.Given(Request.Create().UsingGet()).InScenario("order").RespondWith(Response.Create().WithStatusCode(404));
        vendor.Given(Request.Create().UsingPost()).InScenario("order").WillSetStateTo("placed").RespondWith(Response.Create());
        vendor.Given(Request.Create().UsingGet()).InScenario("order").WhenStateIs("placed").RespondWith(Response.Create());
        vendor.Given(Request.Create().UsingGet()).InScenario("order").WhenStateIs("gone").RespondWith(Response.Create().WithStatusCode(410));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/"));
        using (await http.PostAsync("/", null)) Assert.Equal(HttpStatusCode.OK, await StatusAsync("/"));
        vendor.SetScenarioState("order", "gone");
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync("/"));
    }

    [Theory]
    [InlineData(Fault.ConnectionDropped)]
    [InlineData(Fault.BodyBroken)]
    public async Task Dropped_connection_is_no_answer(Fault fault)
    {
        vendor.Given(Request.Create()).RespondWith(Response.Create().WithBodyAsJson(new { id = 7, name = "Zoe" }).WithFault(fault));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetStringAsync("/"));
        Assert.Single(vendor.LogEntries);
    }

    [Fact]
    public async Task Empty_answer_has_a_status_and_no_body()
    {
        vendor.Given(Request.Create()).RespondWith(Response.Create().WithBodyAsJson(new { id = 7 }).WithFault(Fault.EmptyAnswer));
        using var answer = await http.GetAsync("/");
        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Answer_that_is_held_comes_when_it_is_let_go()
    {
        var release = new TaskCompletionSource();
        vendor.Given(Request.Create()).RespondWith(Response.Create().WithDelay(release.Task));
        var asked = http.GetAsync("/");
        while (vendor.LogEntries.Count == 0) await Task.Yield();
        Assert.False(asked.IsCompleted);
        release.SetResult();
        using var answer = await asked;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Answer_waits_as_long_as_told()
    {
        vendor.Given(Request.Create()).RespondWith(Response.Create().WithDelay(TimeSpan.FromMilliseconds(60)));
        var watch = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/"));
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(50), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task Lists_come_in_pages_by_number_offset_and_cursor()
    {
        List<int> items = [.. Enumerable.Range(1, 7)];
        vendor.Given(Request.Create().WithPath("/number")).RespondWith(Pages.ByNumber(items, 3));
        vendor.Given(Request.Create().WithPath("/offset")).RespondWith(Pages.ByOffset(items, 3, page => new { data = page.Items, more = page.Next, total = page.Total }, offset: "skip", limit: "top"));
        vendor.Given(Request.Create().WithPath("/cursor")).RespondWith(Pages.ByCursor(items, 3));
        Assert.Equal(["[1,2,3] 2", "[4,5,6] 3", "[7] "], await PagesAsync("/number?page=", "1", "items", "next"));
        Assert.Equal(["[1,2] 2", "[3,4] 4", "[5,6] 6", "[7] "], await PagesAsync("/offset?top=2&skip=", "0", "data", "more"));
        Assert.Equal(["[1,2,3] after-3", "[4,5,6] after-6", "[7] "], await PagesAsync("/cursor?cursor=", "after-0", "items", "next"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("/cursor?cursor=made-up"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("/number?page=0"));
        items.RemoveAt(0);
        Assert.Equal("""{"items":[5,6,7],"next":null}""", await http.GetStringAsync("/number?page=2"));
    }

    [Fact]
    public async Task Request_that_nobody_expected_fails_the_test()
    {
        var other = await VendorServer.StartAsync();
        other.Given(Request.Create().WithPath("/customers").UsingGet()).RespondWith(Response.Create());
        using (var answer = await http.GetAsync(new Uri(other.Address, "orders?page=2"))) Assert.Equal(VendorServer.UnexpectedStatus, (int)answer.StatusCode);
        Assert.Equal("GET /orders?page=2", other.Unexpected.Single().ToString());
        var failure = await Assert.ThrowsAsync<UnexpectedRequestException>(async () => await other.DisposeAsync());
        Assert.Equal("Nobody expected GET /orders?page=2. Given: /customers GET.", failure.Message);
    }

    [Fact]
    public async Task Stopping_cuts_off_what_is_held()
    {
        var other = await VendorServer.StartAsync();
        other.Given(Request.Create()).RespondWith(Response.Create().WithDelay(new TaskCompletionSource().Task));
        var asked = http.GetAsync(other.Address);
        while (other.LogEntries.Count == 0) await Task.Yield();
        await other.DisposeAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => asked);
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await http.GetAsync(path);
        return answer.StatusCode;
    }

    private async Task<List<string>> PagesAsync(string path, string first, string items, string next)
    {
        List<string> pages = [];
        for (string? token = first; token is not null;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>(path + token);
            token = page.GetProperty(next).GetString();
            pages.Add($"{page.GetProperty(items).GetRawText()} {token}");
        }
        return pages;
    }
}
