using System.Text;
using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;
using IntegrationHub.Hub.Tests.Contacts;
using IntegrationHub.Hub.Tests.Storage;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>The fold in memory and the record in the database are two ways to the same function.</summary>
public sealed class RecordFoldTests(ITestOutputHelper output)
{
    private static readonly IdentityLimits Tight = new() { Emails = 2, Phones = 2, Users = 1, CustomersPerConnection = 2, SharedAbove = 3 };

    [Fact]
    public async Task Fold_in_memory_equals_the_live_record_contact_for_contact()
    {
        const int firstSeed = 90210;
        var histories = TestDatabase.Histories(300);
        output.WriteLine($"seeds {firstSeed} to {firstSeed + histories - 1}");
        await using var harness = RecordHarness.Open(Tight);
        for (var seed = firstSeed; seed < firstSeed + histories; seed++)
        {
            var random = new Random(seed);
            var events = Histories.Create(random).ToArray();
            await harness.ClearAsync();
            await harness.MergeAsync(events);
            for (var number = 0; number < random.Next(0, 5); number++) await harness.DecideAsync(InventedDecisions.Create(random, seed, number));
            random.Shuffle(events);
            var expected = harness.CanonicalExport();
            var found = Export(harness, events);
            Assert.True(expected == found, $"seed {seed}:\n{Histories.Difference(expected, found)}");
        }
    }

    private static string Export(RecordHarness harness, IReadOnlyCollection<ContactEvent> events)
    {
        var book = harness.Read(DecisionBook.Read);
        var json = new ContactJson(new Survivorship(harness.Identity, book));
        var people = new RecordFold(harness.Rules, new Rulings(Tight, book.Links), book.Blocks).Fold(events);
        var lines = new StringBuilder();
        foreach (var person in people.OrderBy(person => person.Nodes[0], StringComparer.Ordinal))
        {
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, ContactJson.Options)) json.WriteCanonical(writer, new ContactDetails(new ContactRow(0, Guid.Empty, 0, person.State), person.Entities));
            lines.Append(Encoding.UTF8.GetString(buffer.ToArray())).Append('\n');
        }
        return lines.ToString();
    }
}
