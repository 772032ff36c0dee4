using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace IntegrationHub.Hub.Tests.Api;

public sealed class ApiTests : IAsyncLifetime
{
    private TestHub hub = null!;

    public async Task InitializeAsync()
    {
        hub = await TestHub.StartAsync();
        await hub.SimulateAsync(hub.Plan(count: 150, people: 12, seed: 5));
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Theory]
    [InlineData("GET", "/api/contacts")]
    [InlineData("GET", "/api/contacts/0193a2b4-0000-7000-8000-000000000000")]
    [InlineData("GET", "/api/contacts/0193a2b4-0000-7000-8000-000000000000/timeline")]
    [InlineData("GET", "/api/deliveries")]
    [InlineData("GET", "/api/deliveries/1")]
    [InlineData("POST", "/api/deliveries/1/replay")]
    [InlineData("GET", "/api/connectors")]
    [InlineData("GET", "/api/connections")]
    [InlineData("POST", "/api/connections/typeform/authorize")]
    [InlineData("POST", "/api/connections/typeform/test")]
    [InlineData("GET", "/openapi/v1.json")]
    public async Task Nothing_answers_without_the_key(string method, string path)
    {
        foreach (var authorization in new[] { null, "Bearer", "Bearer ", "Bearer wrong", "Basic " + TestHub.Key, TestHub.Key, "Bearer " + TestHub.Key + "x" })
        {
            using var stranger = new HttpClient { BaseAddress = hub.Http.BaseAddress };
            using var message = new HttpRequestMessage(new HttpMethod(method), path);
            if (authorization is not null) message.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var answer = await stranger.SendAsync(message);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Health_answers_without_a_key()
    {
        using var stranger = new HttpClient { BaseAddress = hub.Http.BaseAddress };
        Assert.Equal("live", (await stranger.GetFromJsonAsync<JsonElement>("/health/live")).GetProperty("status").GetString());
        var ready = await stranger.GetFromJsonAsync<JsonElement>("/health/ready");
        Assert.Equal("""{"status":"ready","dependencies":{"database":"ok","bus":"ok","configuration":"ok"}}""", ready.GetRawText());
    }

    [Fact]
    public async Task Contact_is_found_by_each_of_its_identifiers_and_by_a_part_of_its_name()
    {
        foreach (var contact in (await hub.GetAsync("/api/contacts?limit=500")).GetProperty("items").EnumerateArray())
        {
            var id = contact.GetProperty("id").GetString();
            foreach (var identifier in contact.GetProperty("identifiers").EnumerateArray())
            {
                var (kind, value) = (identifier.GetProperty("kind").GetString(), identifier.GetProperty("value").GetString()!);
                var connection = identifier.TryGetProperty("connection", out var within) ? within.GetString() + ":" : "";
                await AssertFindsAsync($"identifier={kind}:{Uri.EscapeDataString(connection + value)}", id);
                if (kind is "email" or "phone") await AssertFindsAsync($"{kind}={Uri.EscapeDataString(value)}", id);
            }
            var name = contact.GetProperty("fields").GetProperty("lastName").GetProperty("value").GetString()!;
            var found = await hub.GetAsync($"/api/contacts?limit=500&q={Uri.EscapeDataString(name.ToUpperInvariant())}");
            Assert.Contains(id, found.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        }
    }

    [Fact]
    public async Task Lists_are_read_page_by_page_without_gap_or_repetition()
    {
        Assert.Equal(12, (await ReadAllAsync("/api/contacts?limit=5", "id")).Distinct().Count());
        var deliveries = await ReadAllAsync("/api/deliveries?limit=40", "id");
        Assert.Equal(150, deliveries.Distinct().Count());
        Assert.Equal(deliveries.OrderByDescending(id => long.Parse(id!)), deliveries);
        var contact = (await hub.GetAsync("/api/contacts?limit=1")).GetProperty("items")[0];
        var events = await ReadAllAsync($"/api/contacts/{contact.GetProperty("id").GetString()}/timeline?limit=3", "eventId");
        Assert.Equal(contact.GetProperty("events").GetInt32(), events.Distinct().Count());
    }

    [Fact]
    public async Task Every_value_names_an_event_of_the_timeline_that_says_so()
    {
        foreach (var contact in (await hub.GetAsync("/api/contacts?limit=500")).GetProperty("items").EnumerateArray())
        {
            var timeline = await hub.GetAsync($"/api/contacts/{contact.GetProperty("id").GetString()}/timeline?limit=500");
            var events = timeline.GetProperty("items").EnumerateArray().ToDictionary(entry => entry.GetProperty("eventId").GetString()!, entry => entry.GetProperty("event"));
            foreach (var field in contact.GetProperty("fields").EnumerateObject())
            {
                var told = events[field.Value.GetProperty("eventId").GetString()!];
                Assert.Equal(told.GetProperty("connection").GetString(), field.Value.GetProperty("connection").GetString());
                Assert.Equal(told.GetProperty("occurredAt").GetString(), field.Value.GetProperty("occurredAt").GetString());
                var person = told.GetProperty("person");
                var value = field.Name.StartsWith("custom.", StringComparison.Ordinal) ? person.GetProperty("custom").GetProperty(field.Name["custom.".Length..]) : person.GetProperty(field.Name);
                Assert.Equal(value.GetString(), field.Value.GetProperty("value").GetString());
            }
        }
    }

    [Theory]
    [InlineData("/api/contacts?limit=0", 400, "limit must be from 1 to 500.")]
    [InlineData("/api/contacts?limit=501", 400, "limit must be from 1 to 500.")]
    [InlineData("/api/contacts?cursor=abc", 400, "cursor is not one that this list gave; leave it out to start anew.")]
    [InlineData("/api/contacts?cursor=1-2", 400, "cursor is not one that this list gave; leave it out to start anew.")]
    [InlineData("/api/contacts?email=a&phone=b", 400, "Give one of email, phone, identifier and q.")]
    [InlineData("/api/contacts?identifier=zzz", 400, "identifier is written kind:value (email, phone, user) or kind:connection:value (customer, anonymous).")]
    [InlineData("/api/contacts?identifier=customer:7", 400, "The id of a customer counts within its connection: write customer:connection:value.")]
    [InlineData("/api/contacts/0193a2b4-0000-7000-8000-000000000000", 404, "There is no such contact.")]
    [InlineData("/api/contacts/0193a2b4-0000-7000-8000-000000000000/timeline", 404, "There is no such contact.")]
    [InlineData("/api/deliveries?status=lost", 400, "status must be one of received, hydrating, done, ignored, quarantined.")]
    [InlineData("/api/deliveries/100000", 404, "There is no such delivery.")]
    public async Task Mistake_is_a_problem_with_words(string path, int status, string detail)
    {
        using var answer = await hub.Http.GetAsync(path);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, detail, "application/problem+json"), ((int)answer.StatusCode, problem.GetProperty("detail").GetString(), answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Unknown_person_is_an_empty_list()
    {
        foreach (var query in new[] { "email=nobody@example.com", "email=not-an-address", "phone=%2B4911111", "identifier=customer:shopify:0", "q=zzzzzz", "q=%25" })
            Assert.Equal("""{"items":[],"next":null}""", (await hub.GetAsync("/api/contacts?" + query)).GetRawText());
    }

    [Fact]
    public async Task Connections_show_how_they_fare_and_no_secret()
    {
        var connections = await hub.GetAsync("/api/connections");
        var shop = connections.GetProperty("items").EnumerateArray().Single(connection => connection.GetProperty("name").GetString() == "shopify");
        Assert.Equal(30, shop.GetProperty("deliveries").GetProperty("done").GetInt32());
        Assert.EndsWith("/webhooks/shopify", shop.GetProperty("webhookUrl").GetString(), StringComparison.Ordinal);
        var file = JsonDocument.Parse(await File.ReadAllTextAsync(hub.ConnectorsFile)).RootElement.GetProperty("connections");
        var secrets = file.EnumerateObject().SelectMany(connection => connection.Value.GetProperty("settings").EnumerateObject()).Where(setting => setting.Name is "webhookSecret" or "webhookToken").Select(setting => setting.Value.GetString()!);
        var shown = connections.GetRawText() + (await hub.GetAsync("/api/connectors")).GetRawText();
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
        using var test = await hub.Http.PostAsync("/api/connections/shopify/test", null);
        Assert.Equal("ok", (await test.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task OpenApi_lists_the_paths()
    {
        var paths = (await hub.GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        Assert.Superset(new HashSet<string>(["/api/contacts", "/api/contacts/{id}", "/api/contacts/{id}/timeline", "/api/deliveries", "/api/deliveries/{id}", "/api/deliveries/{id}/replay", "/api/connectors", "/api/connections", "/api/connections/{name}/authorize", "/api/connections/{name}/test", "/health/live", "/health/ready"]), paths.ToHashSet());
    }

    [Fact]
    public async Task Key_is_created_for_its_owner_alone_when_none_is_configured()
    {
        await using var other = await TestHub.StartAsync("{}", key: null);
        var file = Path.Combine(other.DataDirectory, "admin.key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        using var client = new HttpClient { BaseAddress = other.Http.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(file)).Trim());
        using var answer = await client.GetAsync("/api/connections");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task AssertFindsAsync(string query, string? id)
    {
        var found = (await hub.GetAsync("/api/contacts?" + query)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString());
        Assert.Equal([id], found);
    }

    private async Task<List<string?>> ReadAllAsync(string path, string member)
    {
        List<string?> all = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await hub.GetAsync(path + cursor);
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetString()));
            cursor = page.GetProperty("next").GetString() is { } next ? "&cursor=" + next : null;
        }
        return all;
    }
}
