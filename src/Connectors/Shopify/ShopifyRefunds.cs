using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Refunds. They name the order alone; the hub knows the person from there.</summary>
internal static class ShopifyRefunds
{
    public static Normalization Created(WebhookDelivery delivery)
    {
        var body = delivery.Json;
        var id = ShopifyIds.Self(body);
        var orderId = ShopifyIds.Required(body["order_id"]);
        var moment = Moment.Of(delivery, body["processed_at"], body["created_at"]);
        return Normalization.Of($"refunds/{id}", new OrderRefunded
        {
            OccurredAt = moment.At,
            TimeBasis = moment.Basis,
            Person = new Person(),
            Source = ShopifyHeaders.Source(delivery, "refund", id, $"orders/{orderId}"),
            OrderId = orderId,
            RefundId = id,
            Amount = Returned(body),
            Reason = body["note"].Text(),
        });
    }

    // What went back is what the transactions say. The lines are no substitute: whether their tax is included in their subtotal is not told.
    private static Money? Returned(Payload body)
    {
        if (!body["transactions"].Exists) return null;
        var refunds = body["transactions"].Items().Where(transaction => IsWord(transaction["kind"], "refund")).ToList();
        var returned = refunds.Where(refund => IsWord(refund["status"], "success"))
            .Select(refund => Amounts.Major(refund["amount"], refund["currency"])).OfType<Money>().ToList();
        if (returned is [var first, ..])
            return first with { Amount = returned.Where(money => money.Currency == first.Currency).Sum(money => money.Amount) };
        return refunds.Exists(refund => IsWord(refund["status"], "pending")) || Currency(body) is not { } currency
            ? null
            : new Money { Amount = 0, Currency = currency };
    }

    // The API writes such words in capitals.
    private static bool IsWord(Payload value, string word) => string.Equals(value.Text(), word, StringComparison.OrdinalIgnoreCase);

    private static string? Currency(Payload body)
    {
        foreach (var line in body["refund_line_items"].Items())
        {
            if (Amounts.Currency(line["subtotal_set"]["shop_money"]["currency_code"]) is { } currency) return currency;
        }
        return Amounts.Currency(body["total_duties_set"]["shop_money"]["currency_code"]) ?? Amounts.Currency(body["total_refunded_set"]["shop_money"]["currency_code"]);
    }
}
