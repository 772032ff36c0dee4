using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Reads refunds. The order is always the payment intent: a refund names no invoice, and both of its events have to name the same order.</summary>
internal static class StripeRefunds
{
    public static Normalization ChargeRefunded(StripeEvent told)
    {
        var charge = told.Object;
        var refunded = charge["amount_refunded"].Integer() ?? throw charge["amount_refunded"].Missing();
        return Normalization.Of($"charges/{told.ObjectId}/refunded/{refunded}", new OrderRefunded
        {
            OccurredAt = told.CreatedAt,
            Person = StripePeople.OfPayment(charge),
            Source = told.Source,
            OrderId = StripeEvent.Reference(charge["payment_intent"]) ?? told.ObjectId,
            TotalRefunded = StripeMoney.Read(charge["amount_refunded"], charge["currency"]),
        });
    }

    public static Normalization Refunded(StripeEvent told)
    {
        var refund = told.Object;
        if (refund["status"].Text() is "failed" or "canceled") return told.Ignored("no money went back");
        return Normalization.Of($"refunds/{told.ObjectId}", new OrderRefunded
        {
            OccurredAt = refund["created"].EpochSeconds() ?? told.CreatedAt,
            Person = new Person(),
            Source = told.Source,
            OrderId = StripeEvent.Reference(refund["payment_intent"]) ?? StripeEvent.Reference(refund["charge"]) ?? throw refund["payment_intent"].Missing(),
            RefundId = told.ObjectId,
            Amount = StripeMoney.Read(refund["amount"], refund["currency"]),
            Reason = refund["reason"].Text(),
        });
    }
}
