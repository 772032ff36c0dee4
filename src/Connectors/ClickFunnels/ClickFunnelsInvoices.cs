using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>
/// Reads invoices. The invoice of a one-time order pays that order. A subscription has many invoices: each paid one is revenue,
/// and stands as an order of its own, named <c>invoices/{id}</c>, because orders have ids of the same kind.
/// </summary>
internal static class ClickFunnelsInvoices
{
    public static Normalization Issued(ClickFunnelsEvent told)
    {
        var invoice = told.Data;
        if (ClickFunnelsGoods.Status(invoice["status"]) is "draft") return told.Ignored("a draft: nothing was issued yet");
        if (IsRefund(invoice)) return told.Ignored("the paper of a refund; the refund has its own event");
        return Facts(invoice, new Fact($"invoices/{told.Id}/issued", new InvoiceIssued
        {
            OccurredAt = invoice["issued_at"].Time() ?? told.CreatedAt,
            Person = Person(invoice),
            Source = told.Source("invoice"),
            InvoiceId = told.Id,
            Number = invoice["invoice_number"].Id(),
            Total = ClickFunnelsGoods.Amount(invoice, "total_amount"),
            DueAt = invoice["due_at"].Time(),
            SubscriptionId = SubscriptionId(invoice),
        }));
    }

    public static Normalization Paid(ClickFunnelsEvent told)
    {
        var invoice = told.Data;
        if (IsRefund(invoice)) return told.Ignored("the paper of a refund; the refund has its own event");
        var amount = ClickFunnelsGoods.Amount(invoice, "total_amount");
        var paidAt = invoice["paid_at"].Time() ?? told.UpdatedAt;
        List<Fact> facts =
        [
            new($"invoices/{told.Id}/paid", new InvoicePaid
            {
                OccurredAt = paidAt,
                Person = Person(invoice),
                Source = told.Source("invoice"),
                InvoiceId = told.Id,
                Number = invoice["invoice_number"].Id(),
                Amount = amount,
                SubscriptionId = SubscriptionId(invoice),
            }),
        ];
        if (amount is not { Amount: > 0 }) return Facts(invoice, facts);
        if (SubscriptionId(invoice) is not null) facts.Add(OrderOfInvoice(told, amount));
        facts.Add(new Fact($"invoices/{told.Id}/order/paid", new OrderPaid
        {
            OccurredAt = paidAt,
            Person = Person(invoice),
            Source = told.Source("invoice"),
            Attribution = ClickFunnelsPeople.Attribution(invoice["order"]["contact"]),
            OrderId = OrderId(told),
            Amount = amount,
        }));
        return Facts(invoice, facts);
    }

    public static Normalization PaymentFailed(ClickFunnelsEvent told)
    {
        var invoice = told.Data;
        return Facts(invoice, new Fact($"invoices/{told.Id}/payment-failed/{ClickFunnelsEvent.Stamp(told.UpdatedAt)}", new PaymentFailed
        {
            OccurredAt = told.UpdatedAt,
            Person = Person(invoice),
            Source = told.Source("invoice"),
            PaymentId = told.Id,
            OrderId = OrderId(told),
            InvoiceId = told.Id,
            SubscriptionId = SubscriptionId(invoice),
            Amount = ClickFunnelsGoods.Amount(invoice, "due_amount") ?? ClickFunnelsGoods.Amount(invoice, "total_amount"),
        }));
    }

    // Only of a whole refund the amount is told.
    public static Normalization Refunded(ClickFunnelsEvent told)
    {
        var invoice = told.Data;
        var isWhole = ClickFunnelsGoods.Status(invoice["status"]) is "refunded";
        var key = isWhole ? $"invoices/{told.Id}/refunded" : $"invoices/{told.Id}/partially-refunded/{ClickFunnelsEvent.Stamp(told.UpdatedAt)}";
        return Facts(invoice, new Fact(key, new OrderRefunded
        {
            OccurredAt = told.UpdatedAt,
            Person = Person(invoice),
            Source = told.Source("invoice"),
            OrderId = OrderId(told),
            RefundId = isWhole ? $"invoices/{told.Id}" : null,
            Amount = isWhole ? ClickFunnelsGoods.Amount(invoice, "total_amount") : null,
        }));
    }

    public static Normalization CalledOff(ClickFunnelsEvent told)
    {
        var invoice = told.Data;
        if (SubscriptionId(invoice) is null && ClickFunnelsGoods.Status(invoice["order"]["billing_status"]) is "paid" or "partially-refunded" or "refunded" or "disputed")
            return told.Ignored("one invoice of an order that was paid; the order stands");
        return Facts(invoice, new Fact($"invoices/{told.Id}/cancelled", new OrderCancelled
        {
            OccurredAt = told.UpdatedAt,
            Person = Person(invoice),
            Source = told.Source("invoice"),
            OrderId = OrderId(told),
            Reason = $"invoice {ClickFunnelsGoods.Status(invoice["status"])}".TrimEnd(),
        }));
    }

    private static Fact OrderOfInvoice(ClickFunnelsEvent told, Money total)
    {
        var invoice = told.Data;
        var placedAt = invoice["issued_at"].Time() ?? told.CreatedAt;
        return new Fact($"invoices/{told.Id}/order/placed", new OrderPlaced
        {
            OccurredAt = placedAt,
            Person = Person(invoice),
            Source = told.Source("invoice"),
            Attribution = ClickFunnelsPeople.Attribution(invoice["order"]["contact"]),
            OrderId = OrderId(told),
            Number = invoice["invoice_number"].Id(),
            PlacedAt = placedAt,
            Total = total,
            Items = ClickFunnelsGoods.Items(invoice["line_items"].Items()),
            Payment = PaymentStatus.Paid,
        });
    }

    private static Normalization Facts(Payload invoice, params IEnumerable<Fact> facts) => ClickFunnelsEvent.Facts(invoice["order"]["contact"], facts);

    private static Person Person(Payload invoice) => ClickFunnelsGoods.Person(invoice["order"]);

    private static string OrderId(ClickFunnelsEvent told) => SubscriptionId(told.Data) is null ? told.Data["order_id"].RequiredId() : $"invoices/{told.Id}";

    private static string? SubscriptionId(Payload invoice)
    {
        var isSubscription = invoice["order"]["order_type"].Exists
            ? ClickFunnelsGoods.IsSubscription(invoice["order"])
            : invoice["invoice_type"].Text() is "initial" or "renewal" or "interim" or "cancellation";
        return isSubscription ? invoice["order_id"].RequiredId() : null;
    }

    private static bool IsRefund(Payload invoice) => invoice["invoice_type"].Text() is "refund";
}
