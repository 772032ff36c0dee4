using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Reads <c>orders/transaction.*</c>: attempts to charge. They name no person but their order, and only a failed one says what no invoice says.</summary>
internal static class ClickFunnelsTransactions
{
    public static Normalization Seen(ClickFunnelsEvent told)
    {
        var transaction = told.Data;
        if (transaction["external_type"].Text() is "refund" or "credit" or "void") return told.Ignored("money that goes back; the refund has its own event");
        if (!HasFailed(transaction)) return told.Ignored("it has not failed: the invoice tells the payment");
        var orderId = transaction["order_id"].RequiredId();
        return Normalization.Of($"transactions/{told.Id}/failed", new PaymentFailed
        {
            OccurredAt = told.CreatedAt,
            Person = new Person { Identifiers = ClickFunnelsPeople.Identifiers(transaction["contact"], transaction["contact_id"]) },
            Source = told.Source("transaction"),
            PaymentId = told.Id,
            OrderId = orderId,
            SubscriptionId = transaction["is_rebill"].Flag() is true ? orderId : null,
            Amount = ClickFunnelsGoods.Amount(transaction, "amount"),
            Reason = transaction["reason"].Text(),
        });
    }

    private static bool HasFailed(Payload transaction) =>
        transaction["result"].Text() is "declined" or "failed" or "error" || transaction["status"].Text() is "declined" or "failed";
}
