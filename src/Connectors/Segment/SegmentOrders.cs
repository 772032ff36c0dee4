using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Segment;

/// <summary>Orders, coupons and checkouts: https://segment.com/docs/connections/spec/ecommerce/v2, read 2026-11-20.</summary>
internal sealed class SegmentOrders(SegmentSettings settings)
{
    /// <summary>An order was placed and paid.</summary>
    public Normalization Completed(SegmentCall call) => Unless(call, order => Normalization.Of(
    [
        new($"orders/{order.Id}/placed", order.Placed() with { PlacedAt = call.Basis is TimeBasis.Vendor ? call.Time : null, Payment = PaymentStatus.Paid }),
        new($"orders/{order.Id}/paid", new OrderPaid
        {
            OccurredAt = call.Time,
            TimeBasis = call.Basis,
            Person = call.Person,
            Source = order.Source,
            Attribution = call.Attribution,
            OrderId = order.Id,
            Amount = order.Total,
        }),
        .. order.Codes.Select(code => Promo(call, order, code)),
    ]));

    /// <summary>An order is different now. What is not told stays as it was.</summary>
    public Normalization Updated(SegmentCall call) => Unless(call, order => Normalization.Of($"orders/{order.Id}/state/{call.Id}", order.Placed()));

    /// <summary>Money went back. Two refunds of an order are two calls.</summary>
    public Normalization Refunded(SegmentCall call) => Unless(call, order => Normalization.Of($"orders/{order.Id}/refunds/{call.Id}", new OrderRefunded
    {
        OccurredAt = call.Time,
        TimeBasis = call.Basis,
        Person = call.Person,
        Source = order.Source,
        OrderId = order.Id,
        RefundId = call.Id,
        Amount = order.Total is { } total ? total with { Amount = Math.Abs(total.Amount) } : null,
        Reason = SegmentValue.Scalar(call.Properties["reason"]),
    }));

    /// <summary>An order was called off.</summary>
    public Normalization Cancelled(SegmentCall call) => Unless(call, order => Normalization.Of($"orders/{order.Id}/cancelled", new OrderCancelled
    {
        OccurredAt = call.Time,
        TimeBasis = call.Basis,
        Person = call.Person,
        Source = order.Source,
        OrderId = order.Id,
        Reason = SegmentValue.Scalar(call.Properties["reason"]),
    }));

    /// <summary>A checkout was begun. How long the buyer has to be idle is the hub's to say.</summary>
    public Normalization CheckoutStarted(SegmentCall call) => Unless(call, cart => Normalization.Of($"checkouts/{cart.CheckoutId}/started", new CartAbandoned
    {
        OccurredAt = call.Time,
        TimeBasis = call.Basis,
        Person = call.Person,
        Source = new SourceReference { ObjectType = "checkout", ObjectId = cart.CheckoutId },
        Attribution = call.Attribution,
        CartId = cart.CheckoutId,
        Total = cart.Total,
        Items = cart.Items,
    }));

    /// <summary>A coupon was accepted.</summary>
    public Normalization CouponApplied(SegmentCall call)
    {
        if (SegmentValue.Scalar(call.Properties, "coupon_id", "coupon_name", "coupon") is not { } code) return new Normalization.Ignored(call.Topic, "it names no coupon");
        return Unless(call, order => Normalization.Of(Promo(call, order, code)));
    }

    private static Fact Promo(SegmentCall call, SegmentOrder order, string code) =>
        new(order.IsNamed ? $"orders/{order.Id}/promo/{code}" : $"messages/{call.Id}", new PromoUsed
        {
            OccurredAt = call.Time,
            TimeBasis = call.Basis,
            Person = call.Person,
            Source = order.IsNamed ? order.Source : call.Source,
            Attribution = call.Attribution,
            Code = code,
            OrderId = order.IsNamed ? order.Id : null,
            Discount = order.Discount,
        });

    private Normalization Unless(SegmentCall call, Func<SegmentOrder, Normalization> read) => settings.Orders is SegmentOrderSource.ToldElsewhere
        ? new Normalization.Ignored(call.Topic, "the shop is connected too and tells this itself (orders is \"toldElsewhere\")")
        : read(new SegmentOrder(call, settings.Currency));
}
