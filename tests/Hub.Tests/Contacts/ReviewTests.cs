using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Tests.Sync;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Contacts;

/// <summary>The queue lists everything once, and what it says a decision would do is what the decision does.</summary>
public sealed class ReviewTests(ITestOutputHelper output)
{
    private static readonly IdentityLimits Tight = new() { Emails = 2, Phones = 2, Users = 1, CustomersPerConnection = 2, SharedAbove = 2 };
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Impact_is_what_a_dry_run_of_the_decision_finds_and_a_dry_run_leaves_no_trace()
    {
        const int firstSeed = 5150;
        var histories = TestDatabase.Histories(80);
        await using var harness = RecordHarness.Open(Tight);
        var (ties, values, splits) = (0, 0, 0);
        for (var seed = firstSeed; seed < firstSeed + histories; seed++)
        {
            var random = new Random(seed);
            await harness.ClearAsync();
            await harness.MergeAsync(Histories.Create(random));
            for (var number = 0; number < random.Next(0, 3); number++) await harness.DecideAsync(InventedDecisions.Create(random, seed, number));
            var before = Everything(harness);
            var items = Page(harness, 500, []).Items;
            Assert.Equal(items.Select(item => item.ToJsonString()), OneByOne(harness).Select(item => item.ToJsonString()));
            foreach (var item in items)
            {
                Assert.NotEmpty(item["evidence"]!.AsArray());
                if (item["kind"]!.GetValue<string>() == ReviewQueue.SharedValue)
                {
                    AssertNothing(await PreviewAsync(harness, new BlockValue(item["suggestion"]!["identifier"]!.GetValue<string>())), item, seed);
                    values++;
                    continue;
                }
                var identifiers = item["suggestion"]!["identifiers"]!.AsArray().Select(identifier => identifier!.GetValue<string>()).ToList();
                AssertNothing(await PreviewAsync(harness, new CannotLink(identifiers[0], identifiers[1])), item, seed);
                splits += AssertSame(item["impact"]!["mustLink"]!, await PreviewAsync(harness, new MustLink(identifiers[0], identifiers[1])), seed);
                ties++;
            }
            Assert.Equal(before, Everything(harness));
        }
        output.WriteLine($"seeds {firstSeed} to {firstSeed + histories - 1}; {ties} refused ties, {values} shared values, {splits} would take contacts apart");
        Assert.True(ties > histories / 2 && values > histories / 16 && splits > 0, $"{ties} refused ties, {values} shared values, {splits} splits");
    }

    private static void AssertNothing(DecisionPreview preview, JsonNode item, int seed) =>
        Assert.True(preview.Joins.Count + preview.ComesApart.Count + preview.Changes.Count == 0, $"seed {seed}: {item}\n{preview}");

    private static int AssertSame(JsonNode impact, DecisionPreview preview, int seed)
    {
        var apart = Ids(impact["comesApart"]!);
        Assert.True(apart.SetEquals(preview.ComesApart.Select(split => split.Contact)), $"seed {seed}: {impact}");
        var joins = Ids(impact["joins"]!);
        if (joins.Count > 1 && apart.Count == 0)
            Assert.True(preview.Joins.Any(join => joins.SetEquals(join.TakesIn.Append(join.Contact))), $"seed {seed}: {impact}");
        return apart.Count > 0 ? 1 : 0;
    }

    private static HashSet<Guid> Ids(JsonNode contacts) => [.. contacts.AsArray().Select(contact => contact!["id"]!.GetValue<Guid>())];

    private static Task<DecisionPreview> PreviewAsync(RecordHarness harness, Decision decision) => harness.WriteAsync(session =>
        DecisionPreview.Of(session, harness.Configuration, new StoredDecision(Guid.CreateVersion7(Noon), decision, "test", null, Noon, null), TimeProvider.System));

    private static List<JsonNode> OneByOne(RecordHarness harness)
    {
        List<JsonNode> items = [];
        for (long[]? after = []; after is not null;)
        {
            var page = Page(harness, 1, after);
            items.AddRange(page.Items);
            after = page.Last;
        }
        return items;
    }

    private static (List<JsonNode> Items, long[]? Last) Page(RecordHarness harness, int limit, long[] after)
    {
        long[]? last = null;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            last = harness.Read(session => new ReviewQueue(session, harness.Configuration).Write(writer, null, limit, after));
            writer.WriteEndArray();
        }
        return ([.. JsonNode.Parse(buffer.ToArray())!.AsArray().OfType<JsonNode>()], last);
    }

    private static string Everything(RecordHarness harness) => harness.CanonicalExport() + string.Join('\n', harness.Read(session => session.Query(
        "select contact_key || ' ' || hex(contact_id) || ' ' || version || ' ' || coalesce(merged_into, 0) || ' ' || (select count(*) from outbox) || ' ' || (select count(*) from decision) from contact order by contact_key", row => row.GetString(0))));
}
