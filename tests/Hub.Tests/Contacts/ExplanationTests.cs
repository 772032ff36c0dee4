using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Tests.Sync;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Contacts;

/// <summary>What explanations name exists, is of the contact, and says just that; over invented histories with decisions.</summary>
public sealed class ExplanationTests(ITestOutputHelper output)
{
    private const int FirstSeed = 31337;
    private static readonly int Histories = TestDatabase.Histories(120);

    private static readonly IdentityLimits Tight = new() { Emails = 2, Phones = 2, Users = 1, CustomersPerConnection = 2, SharedAbove = 3 };

    [Fact]
    public Task Every_value_is_explained_by_events_of_the_contact_that_say_it() => ForEachContactAsync((story, contact, seed) =>
    {
        foreach (var (name, value) in contact["fields"]!.AsObject()) AssertExplains(FieldExplanation.Of(name, story), value!, "value", story, seed);
        foreach (var (channel, value) in contact["consent"]!.AsObject()) AssertExplains(MarkExplanation.Of("consent." + channel, story), value!, "state", story, seed);
        foreach (var tag in contact["tags"]!.AsArray()) AssertExplains(MarkExplanation.Of("tags." + tag!["value"], story), tag, null, story, seed);
        if (contact["suppression"] is { } suppression) AssertExplains(MarkExplanation.Of("suppression", story), suppression, "reason", story, seed);
        foreach (var name in story.State.Fields.Keys.Where(name => contact["fields"]![name] is null))
        {
            var gone = FieldExplanation.Of(name, story)!;
            Assert.True(gone.Winner is null && gone.Losers.Count > 0, $"seed {seed}: {gone}");
        }
        return contact["fields"]!.AsObject().Count;
    });

    [Fact]
    public Task Every_identifier_names_its_first_event_and_every_other_one_says_why_it_does_not_link() => ForEachContactAsync((story, contact, seed) =>
    {
        var shown = contact["identifiers"]!.AsArray().Concat(contact["formerIdentifiers"]!.AsArray()).ToDictionary(identifier => (identifier!["kind"]!.GetValue<string>(), identifier["value"]!.GetValue<string>(), identifier["connection"]?.GetValue<string>() ?? ""), identifier => identifier!["firstTold"]!["eventId"]!.GetValue<string>());
        foreach (var (told, connection) in story.Events.SelectMany(contactEvent => contactEvent.Person.Identifiers.Select(told => (told, Within(told.Kind, contactEvent)))).Distinct())
        {
            var explained = Json(writer => Explain(story, told, connection)!.Write(writer));
            var node = story.Rules.Node(told, connection);
            var naming = story.Events.Count(contactEvent => Within(told.Kind, contactEvent) == connection && contactEvent.Person.Identifiers.Any(other =>
                node is null ? other.Kind == told.Kind && string.Equals(other.Value.Trim(), told.Value.Trim(), StringComparison.OrdinalIgnoreCase) : story.Rules.Node(other, contactEvent.Connection)?.Name == node.Name));
            Assert.Equal(naming, explained["events"]!["count"]!.GetValue<int>());
            Assert.Contains(told.Value, explained["raw"]!.AsArray().Select(raw => raw!.GetValue<string>()));
            Assert.False(string.IsNullOrEmpty(explained["why"]!.GetValue<string>()));
            var first = node is null ? null : shown.GetValueOrDefault((Names.Of(told.Kind), node.Value, connection));
            Assert.True(first is not null == explained["links"]!.GetValue<bool>(), $"seed {seed}: {explained}");
            if (first is not null) Assert.Equal(first, explained["firstTold"]!["eventId"]!.GetValue<string>());
            else Assert.True(explained["contact"] is null || explained["refused"]!.AsArray().Count > 0, $"seed {seed}: {explained}");
        }
        return shown.Count;
    });

    [Fact]
    public Task Every_chain_is_a_path_whose_events_name_both_ends_of_each_tie() => ForEachContactAsync((story, _, seed) =>
    {
        var links = new ContactLinks(story);
        foreach (var one in story.Nodes)
        {
            foreach (var other in story.Nodes)
            {
                var chain = links.Chain(one, other) ?? throw new InvalidDataException($"seed {seed}: nothing joins {one} and {other}");
                var end = one;
                foreach (var link in chain)
                {
                    Assert.Equal(end, link.One);
                    AssertSays(story, link, seed);
                    end = link.Other;
                }
                Assert.Equal(other, end);
                Assert.Equal(chain.Count == 1, one != other && IsTied(story, one, other));
            }
        }
        var forest = links.Forest();
        Assert.Equal(story.Nodes.Count - 1, forest.Count);
        foreach (var link in forest) AssertSays(story, link, seed);
        var sets = new DisjointSets();
        foreach (var link in forest) sets.Join(link.One, link.Other);
        Assert.Single(story.Nodes.Select(sets.Find).Distinct());
        return forest.Count;
    });

    private async Task ForEachContactAsync(Func<ContactStory, JsonObject, int, int> check)
    {
        var checks = 0;
        await using var harness = RecordHarness.Open(Tight);
        for (var seed = FirstSeed; seed < FirstSeed + Histories; seed++)
        {
            var random = new Random(seed);
            await harness.ClearAsync();
            await harness.MergeAsync(Sync.Histories.Create(random));
            for (var number = 0; number < random.Next(0, 5); number++) await harness.DecideAsync(InventedDecisions.Create(random, seed, number));
            checks += harness.Read(session =>
            {
                current = session;
                var json = new ContactJson(new Survivorship(harness.Identity, DecisionBook.Read(session)));
                return session.SearchContacts(null, int.MaxValue, 0).Sum(key =>
                {
                    var contact = session.ContactByKey(key)!;
                    return check(ContactStory.Read(session, contact.Row.Id, harness.Configuration)!, Json(writer => json.Write(writer, contact)), seed);
                });
            });
        }
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + Histories - 1}; {checks} checks");
        Assert.True(checks > Histories, $"{checks} checks");
    }

    private DbSession current = null!;

    private IdentifierExplanation? Explain(ContactStory story, Identifier told, string connection) => IdentifierExplanation.Of(current, story, told, connection);

    private static void AssertExplains(ClaimExplanation? explained, JsonNode shown, string? member, ContactStory story, int seed)
    {
        Assert.True(explained?.Winner is not null && explained.Rule.Length > 0, $"seed {seed}: {shown}");
        Assert.Equal(shown["eventId"]!.GetValue<string>(), explained.Winner.Evidence.Id.ToString());
        if (member is not null) Assert.Equal(shown[member]!.GetValue<string>(), explained.Winner.Claim.Value);
        foreach (var telling in explained.Losers.Select(loser => loser.Telling).Prepend(explained.Winner))
        {
            if (telling.Evidence.Kind == "pin_field")
            {
                Assert.Contains(story.Decisions, made => made.Id == telling.Evidence.Id && made.Decision is PinField pin && pin.Value == telling.Claim.Value && pin.Field == explained.Field);
                continue;
            }
            var said = Assert.Single(story.Events, contactEvent => contactEvent.EventId == telling.Evidence.Id);
            Assert.True(Says(said, explained.Field, telling.Claim.Value), $"seed {seed}: {said} says nothing of {explained.Field}");
            Assert.Equal((said.Connection, said.GetType().Name, TimelineJson.Summary(said)), (telling.Evidence.Connection, telling.Evidence.Kind, telling.Evidence.Summary));
        }
    }

    private static bool Says(ContactEvent said, string field, string value) => field.Split('.', 2) switch
    {
        ["tags", var tag] => (value == "on" ? said.Person.Tags : said.Person.RemovedTags).Contains(tag),
        ["consent", "email"] => said is ConsentChanged { Channel: ConsentChannel.Email } consent && Names.Of(consent.State) == value,
        _ => PersonFields.Of(said.Person).Contains((field, value)),
    };

    private static void AssertSays(ContactStory story, ContactLink link, int seed)
    {
        var says = story.Events.FirstOrDefault(contactEvent => contactEvent.EventId == link.Said.Id) is { } said
            ? story.Rules.NodesOf(said).Select(node => node.Name).Intersect([link.One, link.Other]).Count() == 2
            : story.Decisions.Any(made => made.Id == link.Said.Id && made.Decision is MustLink ruled && ((ruled.One, ruled.Other) == (link.One, link.Other) || (ruled.Other, ruled.One) == (link.One, link.Other)));
        Assert.True(says, $"seed {seed}: {link}");
    }

    private static bool IsTied(ContactStory story, string one, string other) =>
        story.Events.Any(contactEvent => story.Rules.NodesOf(contactEvent).Select(node => node.Name).Intersect([one, other]).Count() == 2)
        || story.Decisions.Any(made => made.Decision is MustLink ruled && ((ruled.One, ruled.Other) == (one, other) || (ruled.Other, ruled.One) == (one, other)));

    private static string Within(IdentifierKind kind, ContactEvent contactEvent) => kind is IdentifierKind.Customer or IdentifierKind.Anonymous ? contactEvent.Connection : "";

    private static JsonObject Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return JsonNode.Parse(buffer.ToArray())!.AsObject();
    }
}
