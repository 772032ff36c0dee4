using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Tests.Api;

/// <summary>Explanations, past moments, the review queue and undoing, over HTTP.</summary>
public sealed class ExplainTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private TestHub hub = null!;

    public async Task InitializeAsync()
    {
        hub = await TestHub.StartAsync("""{ "connections": {}, "identity": { "limits": { "emails": 2, "phones": 2, "users": 1, "customersPerConnection": 2, "sharedAbove": 3 } } }""");
        await MergeAsync(
            Observed("c1", 0, "Zoë", Identifier.Customer("c1"), Identifier.Email("Zoe@Shop.example")),
            Observed("zoe", 1, "Zoe", Identifier.Email("zoe@shop.example"), Identifier.Phone("+4922155501 10"), Identifier.Email("info@shop.example")),
            Observed("phone", 2, null, Identifier.Phone("+492215550110"), Identifier.Email("zoe.w@shop.example")),
            Observed("third", 3, null, Identifier.Phone("+492215550110"), Identifier.Email("third@shop.example")),
            Observed("ann", 4, "Ann", Identifier.Customer("c9"), Identifier.User("u9")));
        for (var till = 0; till < 5; till++) await MergeAsync(Observed("till" + till, 5, null, Identifier.Customer("t" + till), Identifier.Email("till@shop.example")));
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Chain_from_one_identifier_to_another_names_the_event_of_each_tie()
    {
        var zoe = await FindAsync("customer:shop:c1");
        var chain = await hub.GetAsync($"/api/contacts/{zoe}/explain?from=customer:shop:c1&to=phone:%2B492215550110");
        Assert.Equal([Id("c1"), Id("zoe")], chain.GetProperty("ties").EnumerateArray().Select(tie => tie.GetProperty("eventId").GetGuid()));
        Assert.Equal($"""
            customer:shop:c1 and phone:+492215550110 are one person:
              customer:shop:c1 = email:zoe@shop.example, told by shop on 2026-11-02 08:00:00 UTC (Details seen; event {Id("c1")}).
              email:zoe@shop.example = phone:+492215550110, told by shop on 2026-11-02 08:01:00 UTC (Details seen; event {Id("zoe")}).

            """, await hub.Http.GetStringAsync($"/api/contacts/{zoe}/explain?from=customer:shop:c1&to=phone:%2B492215550110&format=text"));
        Assert.Equal(3, (await hub.GetAsync($"/api/contacts/{zoe}/explain")).GetProperty("ties").GetArrayLength());
    }

    [Fact]
    public async Task Id_that_was_merged_answers_with_the_survivor_and_stands_for_what_it_was_given_for()
    {
        var (zoe, ann) = (await FindAsync("customer:shop:c1"), await FindAsync("customer:shop:c9"));
        var decision = await DecideAsync(new { type = "must_link", identifiers = new[] { "customer:shop:c1", "user:u9" }, author = "mia", reason = "told on the phone" });
        Assert.Equal(zoe, (await hub.GetAsync($"/api/contacts/{ann}")).GetProperty("id").GetString());
        var tie = Assert.Single((await hub.GetAsync($"/api/contacts/{zoe}/explain?from={zoe}&to={ann}")).GetProperty("ties").EnumerateArray());
        Assert.Equal(("must_link", "decided by mia: told on the phone", decision), (tie.GetProperty("kind").GetString(), tie.GetProperty("summary").GetString(), tie.GetProperty("eventId").GetString()));
    }

    [Fact]
    public async Task Field_identifier_and_what_does_not_link_are_explained_in_words()
    {
        var zoe = await FindAsync("customer:shop:c1");
        Assert.Equal($"""
            firstName is "Zoe", told by shop on 2026-11-02 08:01:00 UTC (Details seen; event {Id("zoe")}): told last, by the tools' clocks.
              not "Zoë", told by shop on 2026-11-02 08:00:00 UTC (Details seen; event {Id("c1")}): told earlier.

            """, await TextAsync(zoe, "firstName"));
        Assert.Equal($"""
            email:zoe@shop.example is of this contact: its events name it.
              first told by shop on 2026-11-02 08:00:00 UTC (Details seen; event {Id("c1")}); told by 2 events in all.
              written "Zoe@Shop.example", "zoe@shop.example".

            """, await TextAsync(zoe, "email:ZOE@shop.example"));
        Assert.StartsWith("email:info@shop.example does not link here: a built-in rule blocks it: ", await TextAsync(zoe, "email:info@shop.example"), StringComparison.Ordinal);
        Assert.StartsWith("email:till@shop.example does not link here: it comes together with 5 customers of shop, more than 3, and is shared.", await TextAsync(await FindAsync("customer:shop:t1"), "email:till@shop.example"), StringComparison.Ordinal);
        var refused = await TextAsync(await FindAsync("email:third@shop.example"), "phone:+492215550110");
        Assert.StartsWith("phone:+492215550110 does not link here: it belongs to another contact, and the tie that would join the two was refused.", refused, StringComparison.Ordinal);
        Assert.Contains("was refused: one contact would have 3 e-mail addresses, more than 2.", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistake_and_what_is_elsewhere_are_problems_with_words()
    {
        var (zoe, ann) = (await FindAsync("customer:shop:c1"), await FindAsync("customer:shop:c9"));
        await AssertProblemAsync($"/api/contacts/{zoe}/explain?from=customer:shop:c1", 400, "Give both from and to, or neither.");
        await AssertProblemAsync($"/api/contacts/{zoe}/explain?from=customer:shop:c1&to=customer:shop:c9", 400, $"to is not of this contact: contact {ann} has it.");
        await AssertProblemAsync($"/api/contacts/{zoe}/explain?from=customer:shop:c1&to={ann}", 400, $"to is not of this contact: contact {ann} has it.");
        await AssertProblemAsync($"/api/contacts/{zoe}/explain?from=customer:shop:c1&to=email:stranger@shop.example", 400, "to is not of this contact: no event names it.");
        await AssertProblemAsync($"/api/contacts/{zoe}/explain?from=email:till@shop.example&to=customer:shop:c1", 400, "from is not of this contact: it comes together with 5 customers of shop, more than 3, and is shared.");
        await AssertProblemAsync($"/api/contacts/{zoe}/explain?from=customer:shop:c1&to=email:third@shop.example", 400,
            $"to is not of this contact: contact {await FindAsync("email:third@shop.example")} has it. Event {Id("third")} ties the two, and that was refused: one contact would have 3 e-mail addresses, more than 2.");
        await AssertProblemAsync($"/api/contacts/{zoe}/explain/user:u9", 404, $"No event of this contact names this identifier; contact {ann} has it.");
        await AssertProblemAsync($"/api/contacts/{zoe}/explain/shoeSize", 404,
            "Nothing was ever told about 'shoeSize'. What can be explained: a field such as firstName or custom.<name>, consent.<channel>, suppression, tags.<tag>, or an identifier written kind:value.");
        await AssertProblemAsync($"/api/contacts/{zoe}?asOf=yesterday", 400, "asOf must be a moment as in RFC 3339, for example 2026-11-20T15:04:06Z; in an address a + is written %2B.");
        await AssertProblemAsync($"/api/contacts/{zoe}?asOf=2026-11-20T15:04:06Z&by=guess", 400, "by must be occurred or known.");
        await AssertProblemAsync($"/api/contacts/{zoe}?by=known", 400, "by says what asOf means: give asOf, too.");
        await AssertProblemAsync($"/api/contacts/{zoe}?asOf=2026-11-02T07:59:59Z", 404, "There was nothing of this contact at 2026-11-02T07:59:59Z: it is known since 2026-11-02T08:00:00Z.");
        await AssertProblemAsync("/api/review?kind=all", 400, "kind must be refused_tie or shared_value.");
    }

    [Fact]
    public async Task Past_moment_shows_what_had_happened_or_what_was_known()
    {
        var zoe = await FindAsync("customer:shop:c1");
        var first = await hub.GetAsync($"/api/contacts/{zoe}?asOf=2026-11-02T09:00:30%2B01:00");
        Assert.Equal(("Zoë", 1L, "occurred"), (first.GetProperty("fields").GetProperty("firstName").GetProperty("value").GetString(), first.GetProperty("events").GetInt64(), first.GetProperty("by").GetString()));
        Assert.Equal([Id("c1")], (await hub.GetAsync($"/api/contacts/{zoe}/timeline?asOf=2026-11-02T08:00:30Z")).GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("eventId").GetGuid()));
        var today = (await ContactAsync(zoe)).AsObject();
        foreach (var by in new[] { "occurred", "known" })
        {
            var later = JsonNode.Parse(await hub.Http.GetStringAsync($"/api/contacts/{zoe}?asOf=2099-01-01T00:00:00Z&by={by}"))!.AsObject();
            foreach (var member in new[] { "asOf", "by", "separateThen" }) Assert.True(later.Remove(member));
            later.Remove("version");
            Assert.Equal(today.ToJsonString(), later.ToJsonString());
        }
        await DecideAsync(new { type = "must_link", identifiers = new[] { "customer:shop:c1", "customer:shop:c9" } });
        var apart = await hub.GetAsync($"/api/contacts/{zoe}?asOf=2026-11-03T00:00:00Z&by=known");
        Assert.Equal("customer", Assert.Single(apart.GetProperty("separateThen").EnumerateArray()).GetProperty("identifiers")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Review_items_carry_evidence_a_decision_to_post_and_its_impact()
    {
        var review = await hub.GetAsync("/api/review");
        var tie = review.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("kind").GetString() == "refused_tie");
        Assert.Equal(("email:third@shop.example", Id("third")), (tie.GetProperty("one").GetString(), tie.GetProperty("evidence")[0].GetProperty("eventId").GetGuid()));
        var shared = review.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("kind").GetString() == "shared_value");
        Assert.Equal((5, 3, 5), (shared.GetProperty("people").GetInt32(), shared.GetProperty("evidence").GetArrayLength(), shared.GetProperty("impact").GetProperty("contacts").GetInt32()));
        foreach (var item in new[] { tie, shared })
        {
            using var dry = await hub.Http.PostAsJsonAsync("/api/decisions?dryRun=true", item.GetProperty("suggestion"));
            Assert.Equal((HttpStatusCode.OK, """{"dryRun":true,"joins":[],"comesApart":[],"changes":[]}"""), (dry.StatusCode, await dry.Content.ReadAsStringAsync()));
        }
        Assert.Equal("""{"items":[]}""", (await hub.GetAsync("/api/decisions")).GetRawText());
        var page = await hub.GetAsync("/api/review?limit=1");
        Assert.Equal(tie.GetRawText(), page.GetProperty("items")[0].GetRawText());
        Assert.Equal(shared.GetRawText(), (await hub.GetAsync($"/api/review?limit=1&cursor={page.GetProperty("next").GetString()}")).GetProperty("items")[0].GetRawText());
        await DecideAsync(tie.GetProperty("suggestion"));
    }

    [Fact]
    public async Task Dry_run_names_the_contacts_that_would_join_and_the_fields_that_would_change()
    {
        var (zoe, ann) = (await FindAsync("customer:shop:c1"), await FindAsync("customer:shop:c9"));
        using var answer = await hub.Http.PostAsJsonAsync("/api/decisions?dryRun=true", new { type = "must_link", contacts = new[] { zoe, ann } });
        Assert.Equal($$"""{"dryRun":true,"joins":[{"contact":"{{zoe}}","takesIn":["{{ann}}"]}],"comesApart":[],"changes":[{"contact":"{{zoe}}","fields":[{"name":"firstName","value":"Ann"}]}]}""", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"type":"must_link","identifiers":["customer:shop:c1","customer:shop:c9"]}""")]
    [InlineData("""{"type":"must_link","identifiers":["email:zoe@shop.example","email:third@shop.example"]}""")]
    [InlineData("""{"type":"cannot_link","identifiers":["email:zoe@shop.example","customer:shop:c1"]}""")]
    [InlineData("""{"type":"block_value","identifier":"phone:+492215550110"}""")]
    [InlineData("""{"type":"block_value","identifier":"customer:shop:c9"}""")]
    [InlineData("""{"type":"pin_field","identifier":"customer:shop:c9","field":"company","value":"Norgard"}""")]
    public async Task Decision_that_is_taken_back_leaves_every_contact_as_it_was_byte_for_byte(string decision)
    {
        var before = await EveryoneAsync();
        var id = await DecideAsync(JsonDocument.Parse(decision).RootElement);
        Assert.NotEqual(before, await EveryoneAsync());
        using var revoked = await hub.Http.DeleteAsync($"/api/decisions/{id}");
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(before, await EveryoneAsync());
    }

    private static Guid Id(string key) => EventIds.Of("shop", key);

    private static ContactObserved Observed(string key, int minute, string? firstName, params Identifier[] identifiers) => new()
    {
        EventId = Id(key),
        Connection = "shop",
        Connector = "test",
        OccurredAt = Monday.AddMinutes(minute),
        ReceivedAt = Monday.AddMinutes(minute),
        Person = new Person { Identifiers = identifiers, FirstName = firstName },
        Source = new SourceReference { ObjectType = "test", ObjectId = key },
    };

    private Task MergeAsync(params ContactEvent[] events) => hub.Database.WriteAsync(
        session => Merger.Of(session, hub.Configuration, hub.ErasureKey, TimeProvider.System).Merge([.. events.Select(contactEvent => new MergeItem(contactEvent, 1, events.Length))]).Count, CancellationToken.None);

    private async Task<string> DecideAsync<T>(T decision)
    {
        using var answer = await hub.Http.PostAsJsonAsync("/api/decisions", decision);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task<string> FindAsync(string identifier) =>
        (await hub.GetAsync("/api/contacts?identifier=" + Uri.EscapeDataString(identifier))).GetProperty("items")[0].GetProperty("id").GetString()!;

    private Task<string> TextAsync(string contact, string what) => hub.Http.GetStringAsync($"/api/contacts/{contact}/explain/{Uri.EscapeDataString(what)}?format=text");

    private async Task<JsonNode> ContactAsync(string id) => WithoutVersion(JsonNode.Parse(await hub.Http.GetStringAsync($"/api/contacts/{id}"))!);

    private async Task<string> EveryoneAsync() =>
        string.Join('\n', JsonNode.Parse(await hub.Http.GetStringAsync("/api/contacts?limit=500"))!["items"]!.AsArray().Select(contact => WithoutVersion(contact!).ToJsonString()));

    private static JsonNode WithoutVersion(JsonNode contact)
    {
        Assert.True(contact.AsObject().Remove("version"));
        return contact;
    }

    private async Task AssertProblemAsync(string path, int status, string detail)
    {
        using var answer = await hub.Http.GetAsync(path);
        Assert.Equal((status, detail), ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()));
    }
}
