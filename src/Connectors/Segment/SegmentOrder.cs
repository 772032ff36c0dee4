using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Segment;

/// <summary>An order or checkout as the properties of a call tell it: amounts in major units, as numbers or texts.</summary>
internal sealed class SegmentOrder(SegmentCall call, string? currencyWithoutOne)
{
    private readonly Payload told = call.Properties;

    // The first version of the standard and WordPress plugins say id.
    private string? Given => SegmentValue.Scalar(told, "order_id", "orderId", "id");

    /// <summary>The shop's id of the order; where none is told the call's own, which no other call meets.</summary>
    public string Id => Given ?? call.Id;

    /// <summary>Whether the shop's id of the order is told.</summary>
    public bool IsNamed => Given is not null;

    /// <summary>The id of the checkout.</summary>
    public string CheckoutId => SegmentValue.Scalar(told, "checkout_id", "cart_id") ?? Id;

    public SourceReference Source => new() { ObjectType = "order", ObjectId = Id };

    /// <summary>What is owed in all. Revenue leaves shipping and taxes out.</summary>
    public Money? Total => Of(SegmentValue.Decimal(told["total"]) ?? WithShippingAndTax(SegmentValue.Decimal(told["revenue"])) ?? SegmentValue.Decimal(told["value"]));

    /// <summary>What the coupon took off; unknown when there were several.</summary>
    public Money? Discount => Codes.Count > 1 ? null : Of(SegmentValue.Decimal(told["discount"]));

    /// <summary>The codes, each once: of the order and of its products.</summary>
    public IReadOnlyList<string> Codes =>
        [.. Products().Select(product => SegmentValue.Scalar(product["coupon"])).Prepend(SegmentValue.Scalar(told["coupon"])).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>What was ordered.</summary>
    public IReadOnlyList<OrderItem> Items => [.. Products().Select(Item).OfType<OrderItem>()];

    /// <summary>The order as it is with this call.</summary>
    public OrderPlaced Placed() => new()
    {
        OccurredAt = call.Time,
        TimeBasis = call.Basis,
        Person = call.Person,
        Source = Source,
        Attribution = call.Attribution,
        OrderId = Id,
        Total = Total,
        Items = Items,
        DiscountCodes = Codes,
    };

    // What is told and is no currency is not taken for another one.
    private string? Currency => SegmentValue.Scalar(told["currency"]) is not { } text ? currencyWithoutOne : Amounts.IsCurrency(text) ? text.ToUpperInvariant() : null;

    private Money? Of(decimal? amount) => amount is { } value && Currency is { } currency ? new Money { Amount = value, Currency = currency } : null;

    private decimal? WithShippingAndTax(decimal? revenue) => revenue + (SegmentValue.Decimal(told["shipping"]) ?? 0) + (SegmentValue.Decimal(told["tax"]) ?? 0);

    private IEnumerable<Payload> Products() => told["products"] is { IsList: true } list ? list.Items().Where(product => product.IsObject) : [];

    private OrderItem? Item(Payload product)
    {
        var (id, sku) = (SegmentValue.Scalar(product, "product_id", "id"), SegmentValue.Scalar(product["sku"]));
        if ((SegmentValue.Scalar(product["name"]) ?? sku ?? id) is not { } title) return null;
        return new OrderItem
        {
            ProductId = id,
            Sku = sku,
            Title = title,
            Quantity = SegmentValue.Decimal(product["quantity"]) ?? 1,
            UnitPrice = Of(SegmentValue.Decimal(product["price"])),
        };
    }
}
