using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>One completed sale, from a webhook or from the history.</summary>
internal sealed class MindbodySale(MindbodySite site, string id)
{
    /// <summary>Why a sale with a negative sum is passed over.</summary>
    public const string IsReturn = "the return of something that was sold before: the history tells of which sale";

    public required DateTimeOffset At { get; init; }

    public required string? ClientId { get; init; }

    public required Money? Total { get; init; }

    public required IReadOnlyList<OrderItem> Items { get; init; }

    private Person Person => new() { Identifiers = site.Identifiers(uniqueId: null, ClientId, email: null) };

    private SourceReference Source => site.Source("sale", id);

    private string OrderId => site.Wide(id);

    public IEnumerable<Fact> Facts()
    {
        yield return Fact("placed", new OrderPlaced
        {
            OccurredAt = At,
            Person = Person,
            Source = Source,
            OrderId = OrderId,
            Number = id,
            PlacedAt = At,
            Total = Total,
            Items = Items,
            Payment = PaymentStatus.Paid,
        });
        if (Total is { Amount: > 0 }) yield return Fact("paid", new OrderPaid { OccurredAt = At, Person = Person, Source = Source, OrderId = OrderId, Amount = Total });
    }

    /// <summary>What was returned of it so far: when is not told.</summary>
    public Fact Returned(Money sum, DateTimeOffset readAt) => Fact($"returned/{sum.Amount.ToString("0.####", CultureInfo.InvariantCulture)}", new OrderRefunded
    {
        OccurredAt = readAt,
        TimeBasis = TimeBasis.Arrival,
        Person = Person,
        Source = Source,
        OrderId = OrderId,
        TotalRefunded = sum,
    });

    private Fact Fact(string name, ContactEvent contactEvent) => site.Fact($"sales/{id}/{name}", contactEvent);
}
