using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Tests.Sync;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Privacy;

/// <summary>What an erasure takes is fixed when it is made. From then on the record is a function of events and erasures, whenever either comes.</summary>
public sealed class ErasurePropertyTests(ITestOutputHelper output)
{
    private const int FirstSeed = 8100;
    private static readonly int Seeds = TestDatabase.Histories(400);

    private static readonly IdentityLimits Tight = new() { Emails = 2, Phones = 2, Users = 1, CustomersPerConnection = 2, SharedAbove = 3 };
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Erasures_among_events_in_any_order_give_the_same_record_and_telling_all_again_brings_nobody_back()
    {
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + Seeds - 1}");
        await using var harness = RecordHarness.Open(Tight);
        var erasures = 0;
        for (var seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            var random = new Random(seed);
            var events = Histories.Create(random);
            var (expected, sets) = await EraseOnTheWayAsync(harness, events, random);
            erasures += sets.Count;
            await harness.MergeAsync(events);
            AssertSame(expected, harness.CanonicalExport(), $"seed {seed}, told again");
            for (var order = 0; order < 3; order++)
            {
                await harness.ClearAsync();
                var steps = events.Cast<object>().Concat(sets).ToArray();
                random.Shuffle(steps);
                foreach (var step in steps)
                {
                    if (step is ErasureSets erasure) await harness.ApplyAsync(erasure);
                    else await harness.MergeAsync([(ContactEvent)step]);
                }
                AssertSame(expected, harness.CanonicalExport(), $"seed {seed}, order {order}");
            }
        }
        output.WriteLine($"{erasures} erasures");
        Assert.True(erasures > Seeds, "Hardly anybody was erased.");
    }

    [Fact]
    public async Task Request_of_a_tool_gives_the_same_record_as_its_sets_before_all_events()
    {
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + Seeds - 1}");
        await using var harness = RecordHarness.Open(Tight);
        for (var seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            var random = new Random(seed);
            var events = Histories.Create(random);
            var request = Request(random, events);
            events.Insert(random.Next(events.Count), request);
            await harness.ClearAsync();
            await harness.MergeAsync(events);
            await harness.CarryOutAsync();
            var expected = harness.CanonicalExport();
            var sets = harness.Read(session => session.SetsOf(session.UnfinishedErasures()[0].Key));
            await harness.MergeAsync(events);
            AssertSame(expected, harness.CanonicalExport(), $"seed {seed}, told again");
            await harness.ClearAsync();
            await harness.ApplyAsync(sets);
            await harness.MergeAsync([.. events.Where(contactEvent => contactEvent is not ErasureRequested)]);
            AssertSame(expected, harness.CanonicalExport(), $"seed {seed}, erased before");
        }
    }

    [Fact]
    public async Task Event_about_somebody_else_stays_without_the_address_of_the_erased()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits { CustomersPerConnection = 1 });
        List<ContactEvent> events = [Observed(1, Identifier.Customer("c1"), Identifier.Email("zoe@shop.example")), Observed(2, Identifier.Customer("c9"), Identifier.Email("Zoe@shop.example"))];
        await harness.MergeAsync(events);
        await harness.EraseAsync(harness.Read(session => session.FindNode("email:zoe@shop.example"))!.ContactKey!.Value);
        await harness.MergeAsync(events);
        var left = JsonDocument.Parse(harness.CanonicalExport()).RootElement;
        Assert.Equal("c9", left.GetProperty("identifiers").EnumerateArray().Single().GetProperty("value").GetString());
        var person = JsonDocument.Parse(harness.Read(session => session.First("select body from event", row => row.Bytes(0)))!).RootElement.GetProperty("person");
        Assert.Equal("c9", person.GetProperty("identifiers").EnumerateArray().Single().GetProperty("value").GetString());
    }

    [Fact]
    public async Task Refund_that_names_the_order_alone_follows_the_order()
    {
        await using var harness = RecordHarness.Open(Tight);
        await harness.MergeAsync([Observed(1, Identifier.Email("zoe@shop.example"))]);
        var sets = await harness.EraseAsync(harness.Read(session => session.FindNode("email:zoe@shop.example"))!.ContactKey!.Value);
        Assert.Single(sets.Names);
        await harness.MergeAsync([Stamped(3, new OrderRefunded { OccurredAt = Start, Person = new Person(), Source = Source, OrderId = "o1" })]);
        Assert.NotEmpty(harness.CanonicalExport());
        await harness.MergeAsync([Stamped(2, new OrderPlaced { OccurredAt = Start, Person = new Person { Identifiers = [Identifier.Email("zoe@shop.example")] }, Source = Source, OrderId = "o1" })]);
        Assert.Empty(harness.CanonicalExport());
    }

    [Fact]
    public async Task Who_comes_back_after_the_erasure_begins_a_new_record()
    {
        await using var harness = RecordHarness.Open(Tight);
        await harness.MergeAsync([Observed(1, Identifier.Email("zoe@shop.example"))]);
        var before = harness.Read(session => session.FindNode("email:zoe@shop.example"))!.ContactKey!.Value;
        await harness.EraseAsync(before);
        var later = Observed(2, Identifier.Email("zoe@shop.example")) with { OccurredAt = TimeProvider.System.GetUtcNow().AddMinutes(1) };
        await harness.MergeAsync([Observed(1, Identifier.Email("zoe@shop.example")), later]);
        Assert.NotEqual(before, harness.Read(session => session.FindNode("email:zoe@shop.example"))!.ContactKey);
        Assert.Equal(1, JsonDocument.Parse(harness.CanonicalExport()).RootElement.GetProperty("events").GetInt32());
    }

    private static ContactObserved Observed(int number, params IReadOnlyList<Identifier> identifiers) =>
        (ContactObserved)Stamped(number, new ContactObserved { OccurredAt = Start, Person = new Person { Identifiers = identifiers }, Source = Source });

    private static ContactEvent Stamped(int number, ContactEvent draft) => draft with { EventId = EventIds.Of("shop", "e" + number), Connection = "shop", Connector = "test", ReceivedAt = Start };

    private static SourceReference Source { get; } = new() { ObjectType = "test", ObjectId = "1" };

    // Two erasures, each of somebody who is there at the time.
    private static async Task<(string Export, List<ErasureSets> Sets)> EraseOnTheWayAsync(RecordHarness harness, List<ContactEvent> events, Random random)
    {
        await harness.ClearAsync();
        List<ErasureSets> sets = [];
        var cuts = new[] { random.Next(events.Count + 1), random.Next(events.Count + 1) }.Order().ToArray();
        await harness.MergeAsync(events[..cuts[0]]);
        sets.AddRange(await EraseSomebodyAsync(harness, random));
        await harness.MergeAsync(events[cuts[0]..cuts[1]]);
        sets.AddRange(await EraseSomebodyAsync(harness, random));
        await harness.MergeAsync(events[cuts[1]..]);
        return (harness.CanonicalExport(), sets);
    }

    private static async Task<List<ErasureSets>> EraseSomebodyAsync(RecordHarness harness, Random random)
    {
        var contacts = harness.Read(session => session.Query("select distinct contact_key from node where contact_key is not null order by contact_key", row => row.GetInt64(0)));
        return contacts.Count == 0 ? [] : [await harness.EraseAsync(contacts[random.Next(contacts.Count)])];
    }

    private static ErasureRequested Request(Random random, List<ContactEvent> events) => new()
    {
        OccurredAt = Start.AddMinutes(random.Next(12)),
        Person = new Person { Identifiers = events[random.Next(events.Count)].Person.Identifiers },
        Source = new SourceReference { ObjectType = "request", ObjectId = "1" },
        EventId = EventIds.Of("shop", "request"),
        Connection = "shop",
        Connector = "test",
        ReceivedAt = Start,
        Scope = random.Next(8) == 0 ? ErasureScope.Connection : ErasureScope.Person,
    };

    private static void AssertSame(string expected, string found, string what) => Assert.True(expected == found, $"{what}\n{Histories.Difference(expected, found)}");
}
