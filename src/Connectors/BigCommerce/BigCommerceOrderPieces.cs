using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>What is fetched beside an order: its refunds, its payments, and the messages about it. Pieces that were not fetched tell nothing.</summary>
internal sealed class BigCommerceOrderPieces(Payload order, string id, Person buyer, SourceReference source)
{
    /// <summary>Refunds that went through, in the currency of the order.</summary>
    public IEnumerable<Fact> Refunds()
    {
        foreach (var refund in order["refunds"].Items())
        {
            var refundId = refund["id"].RequiredId();
            var amount = BigCommerceGoods.Amount(refund["total_amount"], Currency);
            var declined = refund["payments"].Items().Where(payment => payment["is_declined"].Flag() is true).Sum(payment => BigCommerceGoods.Amount(payment["amount"], Currency)?.Amount ?? 0);
            if (amount is not null && amount.Amount > 0 && declined >= amount.Amount) continue;
            yield return new Fact($"orders/{id}/refunds/{refundId}", new OrderRefunded
            {
                OccurredAt = BigCommerceTime.Required(refund["created"]),
                Person = buyer,
                Source = source,
                OrderId = id,
                RefundId = refundId,
                Amount = amount is null || declined == 0 ? amount : amount with { Amount = amount.Amount - declined },
                Reason = refund["reason"].Text(),
            });
        }
    }

    /// <summary>Payments that were tried in vain.</summary>
    public IEnumerable<Fact> FailedPayments()
    {
        foreach (var payment in Payments().Where(payment => payment["status"].Text() is "error"))
        {
            var paymentId = payment["id"].RequiredId();
            yield return new Fact($"orders/{id}/transactions/{paymentId}/failed", new PaymentFailed
            {
                OccurredAt = BigCommerceTime.Required(payment["date_created"]),
                Person = buyer,
                Source = source,
                PaymentId = paymentId,
                OrderId = id,
                Amount = BigCommerceGoods.Amount(payment["amount"], payment["currency"]),
            });
        }
    }

    /// <summary>When the payments came to the total of the order; null when they do not, or were not fetched.</summary>
    public DateTimeOffset? PaidInFullAt()
    {
        if (BigCommerceGoods.Amount(order["total_inc_tax"], Currency) is not { } total) return null;
        var sum = 0m;
        foreach (var payment in Payments().Where(payment => payment["status"].Text() is "ok" && payment["event"].Text() is "purchase" or "capture").OrderBy(payment => BigCommerceTime.Required(payment["date_created"])))
        {
            if (BigCommerceGoods.Amount(payment["amount"], payment["currency"]) is not { } amount || amount.Currency != total.Currency) continue;
            sum += amount.Amount;
            if (sum >= total.Amount) return BigCommerceTime.Required(payment["date_created"]);
        }
        return null;
    }

    public IEnumerable<Fact> Messages()
    {
        foreach (var message in order["messages"].Items())
        {
            var messageId = message["id"].RequiredId();
            if (message["message"].Text() is not { } words) continue;
            yield return new Fact($"orders/{id}/messages/{messageId}", new NoteAdded
            {
                OccurredAt = BigCommerceTime.Created(message),
                Person = buyer,
                Source = source,
                NoteId = messageId,
                Text = message["subject"].Text() is { } subject ? $"{subject}: {words}" : words,
            });
        }
    }

    private Payload Currency => order["default_currency_code"];

    private IEnumerable<Payload> Payments() => order["transactions"].Items()
        .Where(payment => payment["test"].Flag() is not true && payment["event"].Text() is "purchase" or "authorization" or "capture");
}
