using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Hub.Access;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>What each role reaches, tried on every endpoint that the running hub serves.</summary>
public sealed class RoleTests : IAsyncLifetime
{
    private static readonly string[] Tables = ["api_key", "audit", "contact", "decision", "erasure", "event", "hydration", "history_run", "inbox", "inbox_body", "oauth_state", "oauth_token", "outbox"];

    private TestHub hub = null!;
    private string contact = null!;

    public async Task InitializeAsync()
    {
        hub = await TestHub.StartAsync();
        await hub.SimulateAsync(hub.Plan(count: 25, people: 5, seed: 11));
        await Eventually.ComesToZeroAsync(() => hub.Database.Read(session => session.First("select count(*) from outbox", row => row.GetInt64(0))), "what was told is forgotten");
        contact = (await hub.GetAsync("/api/contacts")).GetProperty("items")[0].GetProperty("id").GetString()!;
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Stranger_gets_an_answer_from_webhooks_health_and_consent_alone()
    {
        using var stranger = hub.ClientWith(null);
        var before = State();
        foreach (var (method, path, access) in hub.Endpoints(contact))
        {
            foreach (var spelling in new[] { path, path.Replace("/api", "/API", StringComparison.Ordinal), path + "/" })
            {
                var (status, body) = await SendAsync(stranger, method, spelling);
                if (access?.Role is null) Assert.True(IsForEverybody(path) && (method == "HEAD" || !body.Contains("example.com", StringComparison.Ordinal)), $"{method} {spelling} answers {status} to strangers.");
                else Assert.True(status is HttpStatusCode.Unauthorized, $"{method} {spelling} answers {status} to strangers.");
            }
        }
        Assert.Equal(before, State());
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/api/nothing")]
    [InlineData("/API/nothing/here")]
    [InlineData("/api/contacts/../contacts")]
    [InlineData("/api/%63ontacts")]
    [InlineData("//api/contacts")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/openapi")]
    public async Task Nothing_of_the_api_is_told_to_strangers_not_even_what_is_missing(string path)
    {
        using var stranger = hub.ClientWith(null);
        foreach (var method in new[] { "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS" })
        {
            var (status, _) = await SendAsync(stranger, method, path);
            Assert.True(status is HttpStatusCode.Unauthorized || (path.StartsWith("//", StringComparison.Ordinal) && status is HttpStatusCode.NotFound), $"{method} {path} answers {status}.");
        }
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("operator")]
    public async Task Key_reaches_what_its_role_allows_and_is_told_what_else_would_need(string role)
    {
        var (held, key) = (RoleText.Read(role)!.Value, (await hub.MakeKeyAsync("mia", role)).GetProperty("key").GetString());
        using var client = hub.ClientWith(key);
        foreach (var (method, path, access) in hub.Endpoints(contact).Where(endpoint => endpoint.Access?.Role is not null).OrderBy(endpoint => endpoint.Method == "DELETE"))
        {
            var (status, body) = await SendAsync(client, method, path);
            if (access!.Role <= held) Assert.True(status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)status < 500, $"{method} {path} answers {status} to {role}: {body}");
            else Assert.Equal(($"{method} {path}", HttpStatusCode.Forbidden, $"This needs the role {RoleText.Write(access.Role!.Value)}, and the key's role is {role}."), ($"{method} {path}", status, Detail(body)));
        }
    }

    [Fact]
    public async Task Viewer_can_change_nothing()
    {
        var key = (await hub.MakeKeyAsync("mia", "viewer")).GetProperty("key").GetString();
        var before = (State(), hub.CanonicalExport());
        using var client = hub.ClientWith(key);
        foreach (var (method, path, access) in hub.Endpoints(contact).Where(endpoint => endpoint.Access?.Role is not null))
        {
            var (status, _) = await SendAsync(client, method, path);
            Assert.True(method == "GET" || status is HttpStatusCode.Forbidden, $"{method} {path} answers {status} to a viewer.");
        }
        await hub.SettleAsync();
        Assert.Equal(before, (State(), hub.CanonicalExport()));
    }

    [Fact]
    public async Task Bodies_as_sent_copies_of_a_person_keys_and_the_audit_are_not_for_viewers()
    {
        var roles = hub.Endpoints("{id}").Where(endpoint => endpoint.Method == "GET").ToDictionary(endpoint => endpoint.Path, endpoint => endpoint.Access!.Role);
        Assert.Equal((Role.Operator, Role.Admin, Role.Admin, Role.Admin), (roles["/api/deliveries/1"], roles["/api/contacts/{id}/export"], roles["/api/keys"], roles["/api/audit"]));
        await Task.CompletedTask;
    }

    private static bool IsForEverybody(string path) => path is "/health/live" or "/health/ready" or "/oauth/callback" or "/nothing/here"
        || path.StartsWith("/webhooks/", StringComparison.Ordinal) || Connectors.ConnectorCatalog.BuiltIn.All.Any(connector => connector.ProbePath == path);

    private static string? Detail(string body) => JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString();

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient client, string method, string path)
    {
        using var message = new HttpRequestMessage(new HttpMethod(method), new Uri(client.BaseAddress!.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (method is "POST" or "PUT" or "PATCH") message.Content = JsonContent.Create(new { });
        using var answer = await client.SendAsync(message);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    // Notes of the last use of a key are no change of anything.
    private string State() => hub.Database.Read(session => string.Join(", ", Tables.Select(table => $"{table} {session.First($"select count(*) from {table}", row => row.GetInt64(0))}")));
}
