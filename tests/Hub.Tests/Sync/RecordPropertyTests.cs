using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>The record is a function of the set of events, with tight limits that make many ties doubtful.</summary>
public sealed class RecordPropertyTests(ITestOutputHelper output)
{
    private static readonly IdentityLimits Tight = new() { Emails = 2, Phones = 2, Users = 1, CustomersPerConnection = 2, SharedAbove = 3 };

    [Fact]
    public async Task Any_order_repetition_and_batching_gives_the_same_record()
    {
        const int firstSeed = 20261122;
        const int histories = 400;
        await using var harness = RecordHarness.Open(Tight);
        var contested = 0;
        for (var seed = firstSeed; seed < firstSeed + histories; seed++)
        {
            var random = new Random(seed);
            var events = Histories.Create(random);
            await harness.ClearAsync();
            await harness.MergeAsync(events);
            var expected = harness.CanonicalExport();
            contested += harness.Read(session => session.First("select count(*) from refused_tie", row => row.GetInt32(0))) > 0 ? 1 : 0;
            AssertAgreesWithResolver(harness, events, seed);
            for (var variation = 0; variation < 3; variation++)
            {
                await harness.ClearAsync();
                foreach (var batch in Vary(events, random)) await harness.MergeAsync(batch);
                Assert.True(expected == harness.CanonicalExport(), $"seed {seed}, variation {variation}:\n{Histories.Difference(expected, harness.CanonicalExport())}");
            }
        }
        output.WriteLine($"seeds {firstSeed} to {firstSeed + histories - 1}; {contested} histories with refused ties");
        Assert.True(contested > histories / 10, $"Only {contested} histories had a doubtful tie.");
    }

    // The record holds just the people that the pure function finds.
    private static void AssertAgreesWithResolver(RecordHarness harness, List<ContactEvent> events, int seed)
    {
        var claims = events.Select(contactEvent => new IdentityClaim(contactEvent.EventId, Stamp.Of(contactEvent).At, harness.Rules.NodesOf(contactEvent))).Where(claim => claim.Nodes.Count > 0).ToList();
        var resolution = new IdentityResolver(new Rulings(Tight, [])).Resolve(claims);
        var expected = resolution.People.Select(person => string.Join(' ', person.Nodes)).Order(StringComparer.Ordinal);
        var found = harness.Read(session => session.Query("select contact_key, name from node where contact_key is not null order by name", row => (Contact: row.GetInt64(0), Name: row.GetString(1))))
            .GroupBy(node => node.Contact).Select(contact => string.Join(' ', contact.Select(node => node.Name).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal);
        Assert.True(expected.SequenceEqual(found), $"seed {seed}:\n{string.Join('\n', expected)}\n--\n{string.Join('\n', found)}");
        var shared = harness.Read(session => session.Query("select name from shared_value order by name", row => row.GetString(0)));
        Assert.Equal(resolution.Shared.Select(value => value.Node).Order(StringComparer.Ordinal), shared.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<List<ContactEvent>> Vary(List<ContactEvent> events, Random random)
    {
        var varied = events.Concat(events.Where(_ => random.Next(3) == 0)).ToArray();
        random.Shuffle(varied);
        for (var i = 0; i < varied.Length;)
        {
            var size = random.Next(1, 6);
            yield return [.. varied.Skip(i).Take(size)];
            i += size;
        }
    }
}
