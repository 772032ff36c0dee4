using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Tests.Storage;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>Decisions take part in the same function: it does not matter when they are made, and a revoked one leaves no trace.</summary>
public sealed class DecisionPropertyTests(ITestOutputHelper output)
{
    private static readonly IdentityLimits Tight = new() { Emails = 2, Phones = 2, Users = 1, CustomersPerConnection = 2, SharedAbove = 3 };

    [Fact]
    public async Task Decisions_among_events_in_any_order_give_the_same_record_and_revoking_them_restores_it()
    {
        const int firstSeed = 4711;
        var histories = TestDatabase.Histories(250);
        output.WriteLine($"seeds {firstSeed} to {firstSeed + histories - 1}");
        await using var harness = RecordHarness.Open(Tight);
        for (var seed = firstSeed; seed < firstSeed + histories; seed++)
        {
            var random = new Random(seed);
            var events = Histories.Create(random);
            var decisions = Enumerable.Range(0, random.Next(1, 5)).Select(number => InventedDecisions.Create(random, seed, number)).ToList();
            await harness.ClearAsync();
            await harness.MergeAsync(events);
            var without = harness.CanonicalExport();
            foreach (var decision in decisions) await harness.DecideAsync(decision);
            var with = harness.CanonicalExport();
            Assert.Equal(0, harness.Read(session => session.First("select count(*) from contact where state is not null and contact_key not in (select contact_key from node where contact_key is not null)", row => row.GetInt32(0))));
            await AssertSameWhenInterleavedAsync(harness, events, decisions, random, with, seed);
            foreach (var decision in Shuffled(decisions, random)) await harness.RevokeAsync(decision);
            Assert.True(without == harness.CanonicalExport(), $"seed {seed}, revoked: {string.Join(", ", decisions.Select(decision => decision.Decision))}\n{Histories.Difference(without, harness.CanonicalExport())}");
        }
    }

    private static async Task AssertSameWhenInterleavedAsync(RecordHarness harness, List<ContactEvent> events, List<StoredDecision> decisions, Random random, string expected, int seed)
    {
        await harness.ClearAsync();
        var steps = events.Cast<object>().Concat(decisions).ToArray();
        random.Shuffle(steps);
        foreach (var step in steps)
        {
            if (step is StoredDecision decision) await harness.DecideAsync(decision);
            else await harness.MergeAsync([(ContactEvent)step]);
        }
        Assert.True(expected == harness.CanonicalExport(), $"seed {seed}, interleaved: {string.Join(", ", decisions.Select(decision => decision.Decision))}\n{Histories.Difference(expected, harness.CanonicalExport())}");
    }

    private static StoredDecision[] Shuffled(List<StoredDecision> decisions, Random random)
    {
        var shuffled = decisions.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
