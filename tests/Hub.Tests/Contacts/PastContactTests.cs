using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Tests.Sync;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Contacts;

/// <summary>A contact as of a past moment is what the hub would have said then.</summary>
public sealed class PastContactTests(ITestOutputHelper output)
{
    private static readonly IdentityLimits Tight = new() { Emails = 2, Phones = 2, Users = 1, CustomersPerConnection = 2, SharedAbove = 3 };
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Record_by_known_time_is_what_the_hub_said_then()
    {
        const int firstSeed = 1815;
        var histories = TestDatabase.Histories(60, few: 5);
        await using var harness = RecordHarness.Open(Tight);
        var (same, moved) = (0, 0);
        for (var seed = firstSeed; seed < firstSeed + histories; seed++)
        {
            await harness.ClearAsync();
            var random = new Random(seed);
            var said = await PlayAsync(harness, random, seed);
            foreach (var (moment, then) in said)
            {
                var past = Today(harness).SelectMany(id => Past(harness, id, new AsOf(moment, ByKnown: true))).ToHashSet();
                AssertSame(then.Select(contact => contact.Record), past, $"seed {seed}, {moment:HH:mm}");
                foreach (var contact in then)
                {
                    var answer = Past(harness, contact.Id, new AsOf(moment, ByKnown: true));
                    if (contact.HasBirthNode) Assert.True(answer is [{ } first, ..] && first == contact.Record, $"seed {seed}, {moment:HH:mm}: contact {contact.Id} was\n{contact.Record}\nand not\n{answer.FirstOrDefault()}");
                    if (contact.HasBirthNode) same++;
                    else moved++;
                }
            }
        }
        output.WriteLine($"seeds {firstSeed} to {firstSeed + histories - 1}; {same} contacts compared by id, {moved} had come to stand for others than they were made for");
        Assert.True(same > 20 * moved, $"{same} to {moved}");
    }

    [Fact]
    public async Task Record_by_vendor_time_is_the_fold_of_what_had_happened_under_todays_decisions()
    {
        const int firstSeed = 1848;
        var histories = TestDatabase.Histories(60, few: 5);
        output.WriteLine($"seeds {firstSeed} to {firstSeed + histories - 1}");
        await using var harness = RecordHarness.Open(Tight);
        for (var seed = firstSeed; seed < firstSeed + histories; seed++)
        {
            await harness.ClearAsync();
            var random = new Random(seed);
            await PlayAsync(harness, random, seed);
            var all = harness.Read(session => session.Query("select event_id from event", row => row.Id(0)).ConvertAll(id => session.FindEvent(id)!.Read()));
            var book = harness.Read(DecisionBook.Read);
            for (var minute = -1; minute < 30; minute += 2)
            {
                var asOf = new AsOf(Start.AddMinutes(minute), ByKnown: false);
                var expected = new RecordFold(harness.Rules, new Rulings(Tight, book.Links), book.Blocks).Fold([.. all.Where(asOf.Counts)])
                    .Select(person => Canonical(writer => new ContactJson(new Survivorship(harness.Identity, book)).WriteCanonical(writer, new ContactDetails(new ContactRow(0, Guid.Empty, 0, person.State), person.Entities))));
                AssertSame(expected, Today(harness).SelectMany(id => Past(harness, id, asOf)).ToHashSet(), $"seed {seed}, minute {minute}");
            }
        }
    }

    private static void AssertSame(IEnumerable<string> expected, HashSet<string> found, string when)
    {
        var known = expected.ToHashSet();
        Assert.True(known.SetEquals(found), $"{when}:\nmissing {string.Join('\n', known.Except(found))}\ntoo much {string.Join('\n', found.Except(known))}");
    }

    // Events arrive and decisions come and go, one a minute; after each, all contacts are written down.
    private static async Task<List<(DateTimeOffset Moment, List<Written> Contacts)>> PlayAsync(RecordHarness harness, Random random, int seed)
    {
        List<(DateTimeOffset, List<Written>)> said = [];
        List<StoredDecision> decisions = [];
        var moment = Start;
        foreach (var contactEvent in Histories.Create(random))
        {
            moment = moment.AddMinutes(1);
            await harness.MergeAsync([contactEvent with { ReceivedAt = moment }]);
            said.Add((moment, Write(harness)));
            if (random.Next(4) > 0) continue;
            moment = moment.AddMinutes(1);
            if (random.Next(3) == 0 && decisions.Count > 0)
            {
                await harness.RevokeAsync(decisions[0], moment);
                decisions.RemoveAt(0);
            }
            else
            {
                decisions.Add(InventedDecisions.Create(random, seed, said.Count, moment));
                await harness.DecideAsync(decisions[^1]);
            }
            said.Add((moment, Write(harness)));
        }
        return said;
    }

    private static List<Written> Write(RecordHarness harness) => harness.Read(session =>
    {
        var json = new ContactJson(new Survivorship(harness.Identity, DecisionBook.Read(session)));
        return session.SearchContacts(null, int.MaxValue, 0).ConvertAll(key =>
        {
            var contact = session.ContactByKey(key)!;
            return new Written(contact.Row.Id, Canonical(writer => json.WriteCanonical(writer, contact)), session.NodesOfContact(key).Contains(session.OriginOf(contact.Row.Id)!.BornOf));
        });
    });

    private static List<Guid> Today(RecordHarness harness) => harness.Read(session => session.SearchContacts(null, int.MaxValue, 0).ConvertAll(key => session.ContactByKey(key)!.Row.Id));

    // The contact, then what is one with it today and was not then.
    private static List<string> Past(RecordHarness harness, Guid id, AsOf asOf)
    {
        if (harness.Read(session => PastContact.Find(session, harness.Configuration, session.OriginOf(id)!, asOf)) is not { } past) return [];
        var answer = JsonNode.Parse(Canonical(past.Write))!.AsObject();
        var separate = answer["separateThen"]!.AsArray().Select(other => other!.DeepClone().AsObject()).ToList();
        return [.. separate.Prepend(answer).Select(contact =>
        {
            foreach (var member in new[] { "id", "version", "asOf", "by", "separateThen" }) contact.Remove(member);
            return contact.ToJsonString();
        })];
    }

    private static string Canonical(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return JsonNode.Parse(buffer.ToArray())!.ToJsonString();
    }

    private sealed record Written(Guid Id, string Record, bool HasBirthNode);
}
