using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Rebuilding;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Tests.Sync;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Rebuilding;

/// <summary>Random histories with doubtful ties and decisions: the live record equals the rebuilt one, and whatever is done to its rows or its configuration, applying makes it so again.</summary>
public sealed class RebuildPropertyTests(ITestOutputHelper output)
{
    private static readonly IdentityLimits Tight = new() { Emails = 2, Phones = 2, Users = 1, CustomersPerConnection = 2, SharedAbove = 3 };

    // Rows that no sound hub would write. Each is a way in which a record can be wrong.
    private static readonly string[] Damages =
    [
        "update contact set state = $empty where contact_key = (select min(contact_key) from contact where state is not null)",
        "update contact set state = $broken where contact_key = (select max(contact_key) from contact where state is not null)",
        "update contact set search = 'somebody else' where contact_key = (select max(contact_key) from contact where state is not null)",
        "update node set contact_key = (select max(contact_key) from contact where state is not null), group_key = (select max(contact_key) from contact where state is not null) where node_key = (select min(node_key) from node where contact_key is not null and name like 'email:%')",
        "update node set contact_key = (select min(contact_key) from contact where state is not null) where contact_key = (select max(contact_key) from contact where state is not null)",
        "update node set contact_key = null, group_key = null where node_key = (select max(node_key) from node where contact_key is not null)",
        "update node set standing = 2, contact_key = null, group_key = null where node_key = (select max(node_key) from node where contact_key is not null)",
        "update node set standing = 0 where standing <> 0",
        "update node set group_key = group_key + 1000 where node_key = (select min(node_key) from node where group_key is not null)",
        "delete from entity",
        "update entity set node_key = (select max(node_key) from node where contact_key is not null)",
        "update event set node_key = (select max(node_key) from node where contact_key is not null) where event_key = (select min(event_key) from event)",
        "update event set node_key = null where event_key = (select max(event_key) from event)",
        "update event set occurred_at = occurred_at + 60000000 where event_key = (select min(event_key) from event)",
        "delete from refused_tie",
        "update refused_tie set reason = 'no reason'",
        "delete from contested_group",
        "delete from mention",
        "insert into node (name, contact_key, group_key) select 'email:nobody@shop.example', max(contact_key), max(contact_key) from contact where state is not null",
    ];

    [Fact]
    public async Task Live_record_equals_the_rebuilt_one()
    {
        const int firstSeed = 1811;
        var histories = TestDatabase.Histories(120, few: 5);
        output.WriteLine($"seeds {firstSeed} to {firstSeed + histories - 1}");
        await using var harness = RecordHarness.Open(Tight);
        for (var seed = firstSeed; seed < firstSeed + histories; seed++)
        {
            await TellAsync(harness, seed);
            await using var rebuild = RebuildRun.Of(harness);
            var findings = await rebuild.CompareAsync(CancellationToken.None);
            Assert.True(findings.AreEqual, $"seed {seed}: {string.Join('\n', findings.Details)}");
            await rebuild.DiscardAsync();
        }
    }

    [Fact]
    public async Task Damage_is_found_and_repaired()
    {
        const int firstSeed = 5100;
        var histories = TestDatabase.Histories(12, few: 4);
        output.WriteLine($"seeds {firstSeed} to {firstSeed + histories - 1}");
        await using var harness = RecordHarness.Open(Tight);
        var found = new int[Damages.Length];
        for (var seed = firstSeed; seed < firstSeed + histories; seed++)
        {
            for (var damage = 0; damage < Damages.Length; damage++)
            {
                await TellAsync(harness, seed);
                var sound = harness.CanonicalExport();
                await harness.TamperAsync(Damages[damage]);
                found[damage] += await AppliedAsync(harness, $"seed {seed}, {Damages[damage]}") ? 1 : 0;
                Assert.True(sound == harness.CanonicalExport(), $"seed {seed}, {Damages[damage]}:\n{Histories.Difference(sound, harness.CanonicalExport())}");
            }
        }
        for (var damage = 0; damage < Damages.Length; damage++)
        {
            output.WriteLine($"found {found[damage]} times: {Damages[damage]}");
            Assert.True(found[damage] > 0, $"Never found: {Damages[damage]}");
        }
    }

    [Fact]
    public async Task Configuration_takes_effect_for_old_events_when_it_is_applied()
    {
        const int firstSeed = 640;
        var histories = TestDatabase.Histories(60, few: 4);
        output.WriteLine($"seeds {firstSeed} to {firstSeed + histories - 1}");
        var loose = new IdentitySettings { Limits = new IdentityLimits() };
        IdentitySettings[] settings =
        [
            loose with { BlockedEmails = ["p1@shop.example", "p2@shop.example"] },
            new() { Limits = Tight },
            loose,
            new() { Limits = Tight with { SharedAbove = 2, Emails = 1 } },
            loose with { Limits = Tight with { SharedAbove = 9 }, BlockedEmails = ["@shop.example"] },
            loose,
        ];
        await using var harness = RecordHarness.Open(Tight);
        var differing = 0;
        for (var seed = firstSeed; seed < firstSeed + histories; seed++)
        {
            harness.Identity = loose;
            var (events, decisions) = await TellAsync(harness, seed);
            foreach (var identity in settings)
            {
                harness.Identity = identity;
                differing += await AppliedAsync(harness, $"seed {seed}, {identity.Limits}, {identity.BlockedEmails.Count} blocked") ? 1 : 0;
                await using var fresh = RecordHarness.Open(Tight);
                fresh.Identity = identity;
                foreach (var decision in decisions) await fresh.DecideAsync(decision);
                await fresh.MergeAsync(events);
                Assert.True(fresh.CanonicalExport() == harness.CanonicalExport(), $"seed {seed}, {identity.Limits}:\n{Histories.Difference(fresh.CanonicalExport(), harness.CanonicalExport())}");
            }
        }
        Assert.True(differing > histories, $"Only {differing} changes of the configuration mattered.");
    }

    // Compares, applies, and compares again: nothing may be left.
    private static async Task<bool> AppliedAsync(RecordHarness harness, string what)
    {
        await using var rebuild = RebuildRun.Of(harness);
        var findings = await rebuild.CompareAsync(CancellationToken.None);
        var differed = !findings.AreEqual;
        if (differed) await rebuild.ApplyAsync(findings, CancellationToken.None);
        var left = await rebuild.CompareAsync(CancellationToken.None);
        Assert.True(left.AreEqual, $"{what}:\nbefore: {string.Join('\n', findings.Details)}\nafter: {string.Join('\n', left.Details)}");
        await rebuild.DiscardAsync();
        return differed;
    }

    private static async Task<(List<ContactEvent> Events, List<StoredDecision> Decisions)> TellAsync(RecordHarness harness, int seed)
    {
        var random = new Random(seed);
        var events = Histories.Create(random);
        var decisions = Enumerable.Range(0, random.Next(0, 4)).Select(number => InventedDecisions.Create(random, seed, number)).ToList();
        await harness.ClearAsync();
        var steps = events.Cast<object>().Concat(decisions).ToArray();
        random.Shuffle(steps);
        foreach (var step in steps)
        {
            if (step is StoredDecision decision) await harness.DecideAsync(decision);
            else await harness.MergeAsync([(ContactEvent)step]);
        }
        return (events, decisions);
    }
}
