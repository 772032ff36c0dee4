using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Tests.Sync;

public sealed class SharedValueTests
{
    [Fact]
    public async Task Value_shared_by_a_thousand_customers_joins_nobody_and_stands_in_the_queue_once()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        var events = Enumerable.Range(0, 1000).Select(number => new ContactObserved
        {
            EventId = EventIds.Of("shop", "e" + number),
            Connection = "shop",
            Connector = "test",
            OccurredAt = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(number),
            Person = new Person { Identifiers = [Identifier.Customer("c" + number), Identifier.Email("till@shop.example")] },
            Source = new SourceReference { ObjectType = "test", ObjectId = "1" },
        }).ToArray();
        new Random(3).Shuffle(events);
        foreach (var batch in events.Chunk(32)) await harness.MergeAsync(batch);
        Assert.Equal(1000, harness.CanonicalExport().Count(letter => letter == '\n'));
        Assert.Equal(["email:till@shop.example"], harness.Read(session => session.Query("select name from shared_value", row => row.GetString(0))));
        Assert.Equal(1000, harness.Read(session => session.First("select count(*) from mention", row => row.GetInt32(0))));
        Assert.Equal(0, harness.Read(session => session.First("select count(*) from refused_tie", row => row.GetInt32(0))));
    }
}
