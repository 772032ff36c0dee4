using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;
using IntegrationHub.Hub.Tests.Rebuilding;
using IntegrationHub.Hub.Tests.Storage;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>The record is a function of the sets of events, decisions and erasures, with tight limits that make many ties doubtful.</summary>
public sealed class RecordPropertyTests(ITestOutputHelper output)
{
    private const int FirstSeed = 20261122;
    private static readonly int Count = TestDatabase.Histories(2000);

    private static readonly IdentityLimits Tight = new() { Emails = 2, Phones = 2, Users = 1, CustomersPerConnection = 2, SharedAbove = 3 };

    [Fact]
    public async Task Any_order_repetition_and_batching_and_a_rebuild_give_the_same_record()
    {
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + Count - 1}");
        var parts = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(part => Task.Run(() => TellAsync(part))));
        var (contested, decisions, erasures) = (parts.Sum(part => part.Contested), parts.Sum(part => part.Decisions), parts.Sum(part => part.Erasures));
        output.WriteLine($"{contested} histories with refused ties, {decisions} decisions that hold, {erasures} erasures");
        Assert.True(contested > Count / 10 && decisions > Count / 2 && erasures > Count / 4, "The histories are too plain to prove anything.");
    }

    private static async Task<(int Contested, int Decisions, int Erasures)> TellAsync(int part)
    {
        await using var harness = RecordHarness.Open(Tight);
        var (contested, decisions, erasures) = (0, 0, 0);
        for (var seed = FirstSeed + part; seed < FirstSeed + Count; seed += Environment.ProcessorCount)
        {
            var random = new Random(seed);
            var events = Histories.Create(random);
            var rulings = await TellOnceAsync(harness, events, random, seed);
            var expected = harness.CanonicalExport();
            contested += harness.Read(session => session.First("select count(*) from refused_tie", row => row.GetInt32(0))) > 0 ? 1 : 0;
            decisions += rulings.OfType<StoredDecision>().Count();
            erasures += rulings.OfType<ErasureSets>().Count();
            if (rulings.Count == 0) AssertAgreesWithResolver(harness, events, seed);
            await AssertEqualsRebuiltAsync(harness, seed);
            for (var variation = 0; variation < 2; variation++)
            {
                await harness.ClearAsync();
                foreach (var step in Vary(events, rulings, random)) await TakeAsync(harness, step);
                Assert.True(expected == harness.CanonicalExport(), $"seed {seed}, variation {variation}:\n{Histories.Difference(expected, harness.CanonicalExport())}");
            }
        }
        return (contested, decisions, erasures);
    }

    // Somebody who is there when it is made is erased; decisions about them go with them.
    private static async Task<List<object>> TellOnceAsync(RecordHarness harness, List<ContactEvent> events, Random random, int seed)
    {
        await harness.ClearAsync();
        var decisions = Enumerable.Range(0, Math.Max(0, random.Next(-2, 4))).Select(number => InventedDecisions.Create(random, seed, number)).ToList();
        foreach (var decision in decisions.Where(_ => random.Next(2) == 0).ToList())
        {
            decisions.Remove(decision);
            await harness.DecideAsync(decision);
        }
        await harness.MergeAsync(events);
        List<object> rulings = [];
        if (random.Next(2) == 0 && Somebody(harness, random) is { } contact) rulings.Add(await harness.EraseAsync(contact));
        foreach (var decision in decisions) await harness.DecideAsync(decision);
        rulings.AddRange(harness.Read(session => session.DecisionsThatHold()));
        return rulings;
    }

    private static long? Somebody(RecordHarness harness, Random random)
    {
        var contacts = harness.Read(session => session.Query("select distinct contact_key from node where contact_key is not null order by contact_key", row => row.GetInt64(0)));
        return contacts.Count == 0 ? null : contacts[random.Next(contacts.Count)];
    }

    private static async Task AssertEqualsRebuiltAsync(RecordHarness harness, int seed)
    {
        await using var rebuild = RebuildRun.Of(harness);
        var findings = await rebuild.CompareAsync(CancellationToken.None);
        Assert.True(findings.AreEqual, $"seed {seed}, rebuilt:\n{string.Join('\n', findings.Details)}");
        await rebuild.DiscardAsync();
    }

    private static Task TakeAsync(RecordHarness harness, object step) => step switch
    {
        StoredDecision decision => harness.DecideAsync(decision),
        ErasureSets erasure => harness.ApplyAsync(erasure),
        _ => harness.MergeAsync((List<ContactEvent>)step),
    };

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

    // Batches of events, some of which come twice, and between them the decisions and erasures.
    private static object[] Vary(List<ContactEvent> events, List<object> rulings, Random random)
    {
        var varied = events.Concat(events.Where(_ => random.Next(3) == 0)).ToArray();
        random.Shuffle(varied);
        List<object> steps = [.. rulings];
        for (var i = 0; i < varied.Length;)
        {
            var size = random.Next(1, 6);
            steps.Add(varied.Skip(i).Take(size).ToList());
            i += size;
        }
        var shuffled = steps.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
