using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Tests.Sync;

public sealed class FactThatNamesNobodyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Telling_that_names_nobody_and_counts_leaves_no_contact_whichever_came_first(bool nobodyFirst)
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        ContactEvent[] tellings = [Told("zoe@shop.example", minute: 2), Told("info@shop.example", minute: 1)];
        await harness.MergeAsync(nobodyFirst ? [.. tellings.Reverse()] : tellings);
        Assert.Equal("", harness.CanonicalExport());
        Assert.Equal(0, harness.Read(session => session.First("select count(*) from node", row => row.GetInt32(0))));
        Assert.Equal(1, harness.Read(session => session.First("select count(*) from event where node_key is null", row => row.GetInt32(0))));
    }

    private static ContactObserved Told(string email, int minute) => new()
    {
        EventId = EventIds.Of("shop", "fact"),
        Connection = "shop",
        Connector = "test",
        OccurredAt = new DateTimeOffset(2026, 11, 1, 0, minute, 0, TimeSpan.Zero),
        Person = new Person { Identifiers = [Identifier.Email(email)] },
        Source = new SourceReference { ObjectType = "test", ObjectId = "1" },
    };
}
