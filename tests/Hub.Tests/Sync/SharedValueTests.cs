using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>One address that a thousand customers have told: the shop's own till.</summary>
public sealed class SharedValueTests
{
    private const int Seed = 3;

    [Fact]
    public async Task Value_shared_by_a_thousand_customers_joins_nobody()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        foreach (var batch in Thousand().Chunk(32)) await harness.MergeAsync(batch);
        Assert.Equal(1000, harness.CanonicalExport().Count(letter => letter == '\n'));
        Assert.Equal(["email:till@shop.example"], harness.Read(session => session.Query("select name from shared_value", row => row.GetString(0))));
        Assert.Equal(1000, harness.Read(session => session.First("select count(*) from mention", row => row.GetInt32(0))));
        Assert.Equal(0, harness.Read(session => session.First("select count(*) from refused_tie", row => row.GetInt32(0))));
    }

    [Fact]
    public async Task Value_shared_by_a_thousand_customers_stands_in_the_review_queue_once()
    {
        await using var hub = await TestHub.StartAsync("""{ "connections": {} }""");
        foreach (var batch in Thousand().Chunk(32))
            await hub.Database.WriteAsync(session => Merger.Of(session, hub.Configuration, hub.ErasureKey, TimeProvider.System).Merge([.. batch.Select(told => new MergeItem(told, 1, batch.Length))]).Count, CancellationToken.None);
        var item = Assert.Single((await hub.GetAsync("/api/review")).GetProperty("items").EnumerateArray().ToList());
        Assert.Equal(("shared_value", "email:till@shop.example"), (item.GetProperty("kind").GetString(), item.GetProperty("value").GetString()));
        Assert.Empty((await hub.GetAsync("/api/contacts?email=till@shop.example")).GetProperty("items").EnumerateArray());
    }

    private static ContactEvent[] Thousand()
    {
        var events = Enumerable.Range(0, 1000).Select(number => new ContactObserved
        {
            EventId = EventIds.Of("shop", "e" + number),
            Connection = "shop",
            Connector = "test",
            OccurredAt = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(number),
            Person = new Person { Identifiers = [Identifier.Customer("c" + number), Identifier.Email("till@shop.example")] },
            Source = new SourceReference { ObjectType = "test", ObjectId = "1" },
        }).ToArray<ContactEvent>();
        new Random(Seed).Shuffle(events);
        return events;
    }
}
