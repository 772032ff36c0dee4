using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace IntegrationHub.Hub.Tests.Api;

public sealed class DecisionTests : IAsyncLifetime
{
    private TestHub hub = null!;

    public async Task InitializeAsync()
    {
        hub = await TestHub.StartAsync();
        await hub.SimulateAsync(hub.Plan(count: 100, people: 8, seed: 5));
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Two_contacts_are_joined_and_come_apart_exactly_when_the_decision_is_revoked()
    {
        var before = hub.CanonicalExport();
        var contacts = await ContactsAsync();
        var (one, other) = (Id(contacts[0]), Id(contacts[1]));
        var decision = await DecideAsync(new { type = "must_link", contacts = new[] { one, other }, reason = "same person, two jobs", author = "mia" });
        Assert.Equal(("must_link", "mia", "same person, two jobs"), (decision.GetProperty("type").GetString(), decision.GetProperty("author").GetString(), decision.GetProperty("reason").GetString()));
        Assert.Equal(7, (await ContactsAsync()).Count);
        Assert.Equal(Id(await hub.GetAsync($"/api/contacts/{one}")), Id(await hub.GetAsync($"/api/contacts/{other}")));
        Assert.NotEqual(before, hub.CanonicalExport());
        await RevokeAsync(decision);
        Assert.Equal(before, hub.CanonicalExport());
        Assert.Equal((one, other), (Id(await hub.GetAsync($"/api/contacts/{one}")), Id(await hub.GetAsync($"/api/contacts/{other}"))));
    }

    [Fact]
    public async Task Two_identifiers_of_one_contact_are_kept_apart()
    {
        var before = hub.CanonicalExport();
        var identifiers = (await ContactsAsync())[0].GetProperty("identifiers").EnumerateArray().ToList();
        var email = Text(identifiers.First(identifier => identifier.GetProperty("kind").GetString() == "email"));
        var customer = Text(identifiers.First(identifier => identifier.GetProperty("kind").GetString() == "customer"));
        var decision = await DecideAsync(new { type = "cannot_link", identifiers = new[] { email, customer } });
        Assert.NotEqual(await FindAsync(email), await FindAsync(customer));
        var review = await hub.GetAsync("/api/review");
        Assert.Contains(review.GetProperty("items").EnumerateArray(), item => item.GetProperty("reason").GetString() == "a ruling says that these are different people");
        await RevokeAsync(decision);
        Assert.Equal(before, hub.CanonicalExport());
        Assert.Equal("""{"items":[],"next":null}""", (await hub.GetAsync("/api/review")).GetRawText());
    }

    [Fact]
    public async Task Blocked_value_names_nobody_until_the_block_is_revoked()
    {
        var before = hub.CanonicalExport();
        var identifiers = (await ContactsAsync())[0].GetProperty("identifiers").EnumerateArray();
        var email = Text(identifiers.First(identifier => identifier.GetProperty("kind").GetString() == "email"));
        var decision = await DecideAsync(new { type = "block_value", identifier = email });
        Assert.Null(await FindAsync(email));
        await RevokeAsync(decision);
        Assert.NotNull(await FindAsync(email));
        Assert.Equal(before, hub.CanonicalExport());
    }

    [Fact]
    public async Task Pinned_field_holds_and_is_explained()
    {
        var before = hub.CanonicalExport();
        var contact = (await ContactsAsync())[0];
        var told = contact.GetProperty("fields").GetProperty("firstName");
        var explained = await hub.GetAsync($"/api/contacts/{Id(contact)}/explain/firstName");
        Assert.Equal(told.GetProperty("eventId").GetString(), explained.GetProperty("winner").GetProperty("eventId").GetString());
        var decision = await DecideAsync(new { type = "pin_field", contact = Id(contact), field = "firstName", value = "Wanda" });
        Assert.Equal("Wanda", (await hub.GetAsync($"/api/contacts/{Id(contact)}")).GetProperty("fields").GetProperty("firstName").GetProperty("value").GetString());
        explained = await hub.GetAsync($"/api/contacts/{Id(contact)}/explain/firstName");
        Assert.Equal("a decision pins it", explained.GetProperty("rule").GetString());
        Assert.Contains(explained.GetProperty("losers").EnumerateArray(), loser => loser.GetProperty("eventId").GetString() == told.GetProperty("eventId").GetString());
        var text = await hub.Http.GetStringAsync($"/api/contacts/{Id(contact)}/explain/firstName?format=text");
        Assert.StartsWith("firstName is \"Wanda\", told by (decision) on ", text, StringComparison.Ordinal);
        await RevokeAsync(decision);
        Assert.Equal(before, hub.CanonicalExport());
    }

    [Fact]
    public async Task Every_field_is_explained_by_the_event_that_the_contact_names()
    {
        foreach (var contact in await ContactsAsync())
        {
            foreach (var field in contact.GetProperty("fields").EnumerateObject())
            {
                var explained = await hub.GetAsync($"/api/contacts/{Id(contact)}/explain/{Uri.EscapeDataString(field.Name)}");
                Assert.Equal(field.Value.GetProperty("eventId").GetString(), explained.GetProperty("winner").GetProperty("eventId").GetString());
                Assert.Equal(field.Value.GetProperty("value").GetString(), explained.GetProperty("winner").GetProperty("value").GetString());
            }
        }
    }

    [Theory]
    [InlineData("""{}""", "type must be one of must_link, cannot_link, block_value, pin_field.")]
    [InlineData("""[]""", "A decision is an object with a type.")]
    [InlineData("""{"type":"must_link","identifiers":["email:a@shop.example"]}""", "Name two different ones: \"identifiers\": [\"email:a@example.com\", \"customer:shop:7\"], or \"contacts\": [id, id].")]
    [InlineData("""{"type":"must_link","identifiers":["email:a@shop.example","EMAIL:A@shop.example"]}""", "Name two different ones: \"identifiers\": [\"email:a@example.com\", \"customer:shop:7\"], or \"contacts\": [id, id].")]
    [InlineData("""{"type":"must_link","contacts":["nobody","nobody"]}""", "There is no contact 'nobody'.")]
    [InlineData("""{"type":"block_value","identifier":"email:info@shop.example"}""", "'email:info@shop.example' names nobody: it is no identifier of its kind, or one that is blocked.")]
    [InlineData("""{"type":"block_value"}""", "Name the value: \"identifier\": \"email:info@example.com\".")]
    [InlineData("""{"type":"pin_field","identifier":"user:7","field":"fristName","value":"x"}""", "field must be one of firstName, lastName, fullName, company, jobTitle, locale, timeZone, birthDate, street, city, region, postalCode, country, website, or custom.<name>.")]
    [InlineData("""{"type":"pin_field","identifier":"user:7","field":"firstName","value":7}""", "value must be a text.")]
    public async Task Mistake_is_explained(string body, string detail)
    {
        using var answer = await hub.Http.PostAsync("/api/decisions", new StringContent(body, null, "application/json"));
        Assert.Equal((HttpStatusCode.BadRequest, detail), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Decisions_are_listed_and_revoked_once()
    {
        var decision = await DecideAsync(new { type = "block_value", kind = "email", value = "Wanda@Shop.example" });
        Assert.Equal("email:wanda@shop.example", decision.GetProperty("node").GetString());
        await RevokeAsync(decision);
        using var again = await hub.Http.DeleteAsync($"/api/decisions/{decision.GetProperty("id").GetString()}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        var listed = (await hub.GetAsync("/api/decisions")).GetProperty("items").EnumerateArray().Single();
        Assert.NotNull(listed.GetProperty("revokedAt").GetString());
    }

    private async Task<JsonElement> DecideAsync(object decision)
    {
        using var answer = await hub.Http.PostAsJsonAsync("/api/decisions", decision);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task RevokeAsync(JsonElement decision)
    {
        using var answer = await hub.Http.DeleteAsync($"/api/decisions/{decision.GetProperty("id").GetString()}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<List<JsonElement>> ContactsAsync() => [.. (await hub.GetAsync("/api/contacts?limit=500")).GetProperty("items").EnumerateArray()];

    private async Task<string?> FindAsync(string identifier)
    {
        var items = (await hub.GetAsync("/api/contacts?identifier=" + Uri.EscapeDataString(identifier))).GetProperty("items");
        return items.GetArrayLength() == 0 ? null : Id(items[0]);
    }

    private static string Text(JsonElement identifier) =>
        $"{identifier.GetProperty("kind").GetString()}:{(identifier.TryGetProperty("connection", out var connection) ? connection.GetString() + ":" : "")}{identifier.GetProperty("value").GetString()}";

    private static string Id(JsonElement contact) => contact.GetProperty("id").GetString()!;
}
