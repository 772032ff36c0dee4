using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Tests.Sync;

namespace IntegrationHub.Hub.Tests.Privacy;

/// <summary>One delivery tells of somebody erased and of somebody else: a crash must not cost the other one.</summary>
public sealed class DeliveryOfSeveralTests
{
    private const long Delivery = 7;

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MergeItem Zoe = Told("zoe@shop.example");
    private static readonly MergeItem Omar = Told("omar@shop.example");

    [Fact]
    public async Task Body_is_kept_until_the_other_one_is_in_the_record_when_the_erasure_was_before()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        await harness.WriteAsync(session => Open(session, Delivery - 1) + Open(session, Delivery));
        await harness.MergeAsync(Zoe with { DeliveryId = Delivery - 1, EventsOfDelivery = 1 });
        await EraseZoeAsync(harness);
        await harness.MergeAsync(Zoe);
        Assert.Equal((0L, 1L), harness.Read(StatusAndBodies));
        await harness.MergeAsync(Omar);
        AssertOnlyOmarIsLeft(harness);
    }

    [Fact]
    public async Task Body_is_kept_until_the_other_one_is_in_the_record_when_the_erasure_came_between()
    {
        await using var harness = RecordHarness.Open(new IdentityLimits());
        await harness.WriteAsync(session => Open(session, Delivery));
        await harness.MergeAsync(Zoe);
        await EraseZoeAsync(harness);
        Assert.Equal((0L, 1L), harness.Read(StatusAndBodies));
        await harness.MergeAsync(Omar);
        AssertOnlyOmarIsLeft(harness);
    }

    private static void AssertOnlyOmarIsLeft(RecordHarness harness)
    {
        Assert.Equal((2L, 0L), harness.Read(StatusAndBodies));
        Assert.Equal("erased", harness.Read(session => session.First("select reason from inbox where delivery_id = 7", row => row.GetString(0))));
        Assert.Empty(harness.Read(session => session.DeliveriesWithErasedFacts()));
        Assert.NotNull(harness.Read(session => session.FindEvent(Omar.Event.EventId)));
        Assert.Null(harness.Read(session => session.FindEvent(Zoe.Event.EventId)));
    }

    private static Task EraseZoeAsync(RecordHarness harness) => harness.EraseAsync(harness.Read(session => session.FindNode("email:zoe@shop.example"))!.ContactKey!.Value);

    private static MergeItem Told(string email) => new(
        new ContactObserved
        {
            EventId = EventIds.Of("shop", email),
            Connection = "shop",
            Connector = "test",
            OccurredAt = Start,
            ReceivedAt = Start,
            Person = new Person { Identifiers = [Identifier.Email(email)] },
            Source = new SourceReference { ObjectType = "test", ObjectId = "1" },
        },
        Delivery,
        EventsOfDelivery: 2);

    private static int Open(DbSession session, long delivery)
    {
        session.Execute("insert into inbox (delivery_id, connection, delivery_key, received_at, status) values ($id, 'shop', $key, 0, 0)", ("$id", delivery), ("$key", new[] { (byte)delivery }));
        return session.Execute("insert into inbox_body (delivery_id, headers, body) values ($id, '{}', $body)", ("$id", delivery), ("$body", "{}"u8.ToArray()));
    }

    private static (long Status, long Bodies) StatusAndBodies(DbSession session) => session.First(
        "select status, (select count(*) from inbox_body where delivery_id = 7) from inbox where delivery_id = 7", row => (row.GetInt64(0), row.GetInt64(1)));
}
