using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>One order. Payment, cancellation and refunds only ever add: an older message that arrives late undoes none of them.</summary>
internal sealed class OrderState : EntityState
{
    public Register<string>? Number { get; set; }

    public Register<Money>? Total { get; set; }

    public Register<IReadOnlyList<OrderItem>>? Items { get; set; }

    public Register<PaymentStatus>? Payment { get; set; }

    public Register<Money>? PaidAmount { get; set; }

    public DateTimeOffset? PlacedAt { get; set; }

    public bool IsPlaced { get; set; }

    public bool IsPaid { get; set; }

    public bool IsCancelled { get; set; }

    /// <summary>Refunds by the vendor's id.</summary>
    public SortedDictionary<string, Register<Money>> Refunds { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Totals of refunds that the vendor itself added up: the highest counts.</summary>
    public Money? RefundedInAll { get; set; }

    public override void Apply(ContactEvent contactEvent, Stamp stamp, string id)
    {
        switch (contactEvent)
        {
            case OrderPlaced placed:
                Place(placed, stamp);
                break;
            case OrderPaid paid:
                IsPaid = IsPlaced = true;
                PaidAmount = PaidAmount.Offer(paid.Amount, stamp);
                break;
            case OrderCancelled:
                IsCancelled = true;
                break;
            case OrderRefunded refunded:
                Refund(refunded, stamp);
                break;
        }
    }

    /// <summary>One word for where the order stands.</summary>
    public string Status
    {
        get
        {
            var refunded = RefundedAmount;
            if (refunded > 0 && Gross is { } gross && refunded >= gross.Amount) return "refunded";
            if (refunded > 0) return "partially_refunded";
            if (IsCancelled) return "cancelled";
            return IsPaid || Payment?.Value is PaymentStatus.Paid ? "paid" : "placed";
        }
    }

    /// <summary>What the order is worth before refunds.</summary>
    public Money? Gross => Total?.Value ?? PaidAmount?.Value;

    /// <summary>What went back, in the currency of <see cref="Gross"/>.</summary>
    public decimal RefundedAmount
    {
        get
        {
            var sum = Refunds.Values.Sum(refund => refund.Value.Amount);
            return Math.Max(sum, RefundedInAll?.Amount ?? 0);
        }
    }

    /// <summary>Whether it counts among the orders of its contact.</summary>
    public bool Counts => IsPlaced && !IsCancelled;

    /// <summary>What it adds to the lifetime value of its contact, net of refunds; null when nothing.</summary>
    public Money? NetValue
    {
        get
        {
            var currency = Gross?.Currency ?? RefundedInAll?.Currency ?? Refunds.Values.Select(refund => refund.Value.Currency).FirstOrDefault();
            if (currency is null) return null;
            var net = (IsEarned ? Gross?.Amount ?? 0 : 0) - RefundedAmount;
            return net == 0 ? null : new Money { Amount = net, Currency = currency };
        }
    }

    // An order is worth its total unless it is known not to be paid; a cancelled one only if it was paid.
    private bool IsEarned =>
        IsPlaced && (IsPaid || Payment?.Value is PaymentStatus.Paid || (Payment is null && !IsCancelled));

    private void Place(OrderPlaced placed, Stamp stamp)
    {
        IsPlaced = true;
        Number = Number.Offer(placed.Number, stamp);
        Total = Total.Offer(placed.Total, stamp);
        Items = Items.Offer(placed.Items.Count > 0 ? placed.Items : null, stamp);
        Payment = Payment.Offer(placed.Payment, stamp);
        var placedAt = placed.PlacedAt ?? (placed.TimeBasis is TimeBasis.Vendor ? placed.OccurredAt : null);
        if (placedAt is not null && (PlacedAt is null || placedAt < PlacedAt)) PlacedAt = placedAt;
    }

    private void Refund(OrderRefunded refunded, Stamp stamp)
    {
        if (refunded.RefundId is { } refundId && refunded.Amount is { } amount
            && Refunds.GetValueOrDefault(refundId).Offer(amount, stamp) is { } refund) Refunds[refundId] = refund;
        if (refunded.TotalRefunded is { } total && total.Amount > (RefundedInAll?.Amount ?? 0)) RefundedInAll = total;
    }
}
