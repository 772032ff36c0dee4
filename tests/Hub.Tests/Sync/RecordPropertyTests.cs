using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>The record is a function of the set of events, with tight limits that make many ties doubtful.</summary>
public sealed class RecordPropertyTests(ITestOutputHelper output)
{
    private const int FirstSeed = 20261122;
    private const int Count = 2000;

    private static readonly IdentityLimits Tight = new() { Emails = 2, Phones = 2, Users = 1, CustomersPerConnection = 2, SharedAbove = 3 };

    [Fact]
    public async Task Any_order_repetition_and_batching_gives_the_same_record()
    {
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + Count - 1}");
        var contested = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(part => Task.Run(() => MergeAsync(part))));
        output.WriteLine($"{contested.Sum()} histories with refused ties");
        Assert.True(contested.Sum() > Count / 10, $"Only {contested.Sum()} histories had a doubtful tie.");
    }

    /// <returns>How many of the histories had a refused tie.</returns>
    private static async Task<int> MergeAsync(int part)
    {
        await using var harness = RecordHarness.Open(Tight);
        var contested = 0;
        for (var seed = FirstSeed + part; seed < FirstSeed + Count; seed += Environment.ProcessorCount)
        {
            var random = new Random(seed);
            var events = Histories.Create(random);
            await harness.ClearAsync();
            await harness.MergeAsync(events);
            var expected = harness.CanonicalExport();
            contested += harness.Read(session => session.First("select count(*) from refused_tie", row => row.GetInt32(0))) > 0 ? 1 : 0;
            AssertAgreesWithResolver(harness, events, seed);
            for (var variation = 0; variation < 2; variation++)
            {
                await harness.ClearAsync();
                foreach (var batch in Vary(events, random)) await harness.MergeAsync(batch);
                Assert.True(expected == harness.CanonicalExport(), $"seed {seed}, variation {variation}:\n{Histories.Difference(expected, harness.CanonicalExport())}");
            }
        }
        return contested;
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
