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

    /// <summary>The latest word that it was paid.</summary>
    public Stamp? PaidAt { get; set; }

    /// <summary>The latest word that it was called off; one without a time holds, whatever came after.</summary>
    public Stamp? CancelledAt { get; set; }

    /// <summary>Refunds by the vendor's id; one without an id under that of its event.</summary>
    public SortedDictionary<string, Register<Money>> Refunds { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Totals of refunds that the vendor itself added up, by ISO 4217 currency: the highest counts.</summary>
    public SortedDictionary<string, decimal> RefundedInAll { get; set; } = new(StringComparer.Ordinal);

    public override void Apply(ContactEvent contactEvent, Stamp stamp, string id)
    {
        switch (contactEvent)
        {
            case OrderPlaced placed:
                Place(placed, stamp);
                break;
            case OrderPaid paid:
                IsPlaced = true;
                if (PaidAt is null || stamp > PaidAt) PaidAt = stamp;
                PaidAmount = PaidAmount.Offer(paid.Amount, stamp);
                break;
            case OrderCancelled:
                if (CancelledAt is not { } held || (stamp.At ?? long.MaxValue, stamp.EventId).CompareTo((held.At ?? long.MaxValue, held.EventId)) > 0) CancelledAt = stamp;
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
            if (Refunded is { Amount: > 0 } refunded)
                return Gross is { } gross && gross.Currency == refunded.Currency && refunded.Amount >= gross.Amount ? "refunded" : "partially_refunded";
            if (IsCancelled) return "cancelled";
            return IsPaid ? "paid" : "placed";
        }
    }

    /// <summary>What the order is worth before refunds.</summary>
    public Money? Gross => Total?.Value ?? PaidAmount?.Value;

    /// <summary>What went back, in the currency of <see cref="Gross"/>; only if nothing went back in that, in the first other currency by name. Null when nothing.</summary>
    public Money? Refunded
    {
        get
        {
            var sums = RefundsByCurrency();
            if (sums.Count == 0) return null;
            var currency = Gross is { } gross && sums.ContainsKey(gross.Currency) ? gross.Currency : sums.Keys.First();
            return new Money { Amount = sums[currency], Currency = currency };
        }
    }

    /// <summary>Whether it counts among the orders of its contact.</summary>
    public bool Counts => IsPlaced && !IsCancelled;

    /// <summary>What it adds to the lifetime value of its contact, net of refunds, in each currency. Nothing is converted: a refund in another currency than the order's is taken off that currency.</summary>
    public IEnumerable<Money> NetValues()
    {
        var net = RefundsByCurrency();
        foreach (var currency in net.Keys.ToList()) net[currency] = -net[currency];
        if (IsEarned && Gross is { } gross) net[gross.Currency] = net.GetValueOrDefault(gross.Currency) + gross.Amount;
        return net.Where(sum => sum.Value != 0).Select(sum => new Money { Amount = sum.Value, Currency = sum.Key });
    }

    private bool IsPaid => PaidAt is not null || Payment?.Value is PaymentStatus.Paid;

    // A payment that came in later says that the order goes on; one whose time nobody told says nothing about that.
    private bool IsCancelled => CancelledAt is { } cancelled && !(PaidAt?.At is { } paid && cancelled.At is { } at && paid > at);

    // An order is worth its total unless it is known not to be paid; a cancelled one only if it was paid.
    private bool IsEarned => IsPlaced && (IsPaid || (Payment is null && !IsCancelled));

    private void Place(OrderPlaced placed, Stamp stamp)
    {
        var rank = placed.Payment switch { PaymentStatus.Paid => 2, PaymentStatus.Voided => 1, _ => 0 };
        IsPlaced = true;
        Number = Number.Offer(placed.Number, stamp, rank);
        Total = Total.Offer(placed.Total, stamp, rank);
        Items = Items.Offer(placed.Items.Count > 0 ? placed.Items : null, stamp, rank);
        Payment = Payment.Offer(placed.Payment, stamp, rank);
        var placedAt = placed.PlacedAt ?? (placed.TimeBasis is TimeBasis.Vendor ? placed.OccurredAt : null);
        if (placedAt is not null && (PlacedAt is null || placedAt < PlacedAt)) PlacedAt = placedAt;
    }

    private void Refund(OrderRefunded refunded, Stamp stamp)
    {
        if (refunded.TotalRefunded is { } total) RefundedInAll[total.Currency] = Math.Max(total.Amount, RefundedInAll.GetValueOrDefault(total.Currency));
        var id = refunded.RefundId ?? (refunded.TotalRefunded is null ? stamp.EventId.ToString("N") : null);
        if (id is not null && Refunds.GetValueOrDefault(id).Offer(refunded.Amount, stamp) is { } refund) Refunds[id] = refund;
    }

    // One refund can be told by its id and within a total: of the two sums the higher counts.
    private SortedDictionary<string, decimal> RefundsByCurrency()
    {
        SortedDictionary<string, decimal> sums = new(StringComparer.Ordinal);
        foreach (var refund in Refunds.Values) sums[refund.Value.Currency] = sums.GetValueOrDefault(refund.Value.Currency) + refund.Value.Amount;
        foreach (var (currency, total) in RefundedInAll) sums[currency] = Math.Max(total, sums.GetValueOrDefault(currency));
        foreach (var nothing in sums.Where(sum => sum.Value == 0).Select(sum => sum.Key).ToList()) sums.Remove(nothing);
        return sums;
    }
}
