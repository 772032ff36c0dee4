using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Record;
using Xunit.Abstractions;

namespace IntegrationHub.Hub.Tests.Sync.Record;

/// <summary>What is known of an entity does not depend on the order in which it was told, and an older message takes nothing back.</summary>
public sealed class EntityPropertyTests(ITestOutputHelper output)
{
    private const int FirstSeed = 31337;

    private static readonly string[] OrderStages = ["placed", "paid", "cancelled", "partially_refunded", "refunded"];

    public static TheoryData<string> Kinds => [.. EntityHistories.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void All_permutations_and_repetitions_end_in_the_same_state(string kind)
    {
        const int histories = 60;
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + histories - 1}");
        for (var seed = FirstSeed; seed < FirstSeed + histories; seed++)
        {
            var random = new Random(seed);
            var events = EntityHistories.Create(random, kind, random.Next(2, 6));
            var expected = Told.Json(Fold(kind, events));
            foreach (var permutation in Told.Permutations(events))
                Assert.True(expected == Told.Json(Fold(kind, permutation.Append(permutation[0]))), $"seed {seed}: {string.Join(", ", permutation.Select(told => $"{told.GetType().Name} {told.EventId:N}"))}");
        }
    }

    [Theory]
    [InlineData("subscription")]
    [InlineData("appointment")]
    [InlineData("registration")]
    [InlineData("deal")]
    [InlineData("invoice")]
    public void An_older_event_changes_nothing_that_a_later_one_told(string kind)
    {
        const int histories = 3000;
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + histories - 1}");
        var tried = 0;
        for (var seed = FirstSeed; seed < FirstSeed + histories; seed++)
        {
            var random = new Random(seed);
            var events = EntityHistories.Create(random, kind, random.Next(1, 5));
            var before = StandingOf(Fold(kind, events));
            if (before is null) continue;
            tried++;
            var older = EntityHistories.Kinds[kind](random) with { OccurredAt = Told.Noon.AddDays(-1) };
            Assert.True(before == StandingOf(Fold(kind, [.. events, older.By("shop", 99)])), $"seed {seed}: {older.GetType().Name} changed {before}");
        }
        Assert.True(tried > histories / 10, $"Only {tried} histories had a standing.");
    }

    [Fact]
    public void No_order_is_further_back_after_an_older_message()
    {
        const int histories = 5000;
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + histories - 1}");
        for (var seed = FirstSeed; seed < FirstSeed + histories; seed++)
        {
            var random = new Random(seed);
            var events = EntityHistories.Create(random, "order", random.Next(1, 6)).Select(SameSum).ToArray();
            var before = Told.Fold<OrderState>(EntityHistories.Id, events).Status;
            var older = SameSum(EntityHistories.Kinds["order"](random)) with { OccurredAt = Told.Noon.AddDays(-1) };
            var after = Told.Fold<OrderState>(EntityHistories.Id, [.. events, older.By("shop", 99)]).Status;
            Assert.True(Array.IndexOf(OrderStages, after) >= Array.IndexOf(OrderStages, before), $"seed {seed}: {older.GetType().Name} made {before} {after}");
        }
    }

    private static EntityState Fold(string kind, IEnumerable<ContactEvent> events)
    {
        var state = EntityState.Empty(Enum.Parse<EntityType>(kind, ignoreCase: true));
        foreach (var contactEvent in events) state.Apply(contactEvent, Stamp.Of(contactEvent), EntityHistories.Id);
        return state;
    }

    // Where an entity stands, when something with a vendor's time says so.
    private static string? StandingOf(EntityState state) => state switch
    {
        InvoiceState invoice => invoice.IsPaid ? "paid" : null,
        DealState deal => deal.Status?.Stamp.At is null ? null : deal.Status.Value.ToString(),
        AppointmentState { Phase.Stamp.At: not null, NoShow: null or { Stamp.At: not null } } appointment => appointment.Status,
        AppointmentState => null,
        _ => state.Phase?.Stamp.At is null ? null : state.Phase.Value,
    };

    // What an order is worth is not the question here: another total would make another part of it refunded. What was told without a time is
    // older than anything; for payments and cancellations, which only add, that makes no difference.
    private static ContactEvent SameSum(ContactEvent contactEvent) => contactEvent switch
    {
        OrderPlaced placed => placed with { Total = Told.Money(50), TimeBasis = TimeBasis.Vendor },
        OrderPaid paid => paid with { Amount = Told.Money(50) },
        OrderRefunded refunded => refunded with { TimeBasis = TimeBasis.Vendor },
        _ => contactEvent,
    };
}
