using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Reads <c>order.*</c> and the one-time orders. That an order is paid is told by its invoice; the order of a subscription is the subscription itself.</summary>
internal static class ClickFunnelsOrders
{
    public static Normalization Placed(ClickFunnelsEvent told)
    {
        var order = told.Data;
        if (ClickFunnelsGoods.IsSubscription(order)) return told.Ignored("the order of a subscription: subscription.* tells its state, its invoices tell the money");
        var status = ClickFunnelsGoods.Status(order["billing_status"]);
        if (status is "draft") return told.Ignored("a draft: nothing was ordered yet");
        return ClickFunnelsEvent.Facts(order["contact"], new Fact($"orders/{told.Id}/state/{ClickFunnelsEvent.Stamp(told.UpdatedAt)}", new OrderPlaced
        {
            OccurredAt = told.UpdatedAt,
            Person = ClickFunnelsGoods.Person(order),
            Source = told.Source("order"),
            Attribution = ClickFunnelsPeople.Attribution(order["contact"]),
            OrderId = told.Id,
            Number = order["order_number"].Id(),
            PlacedAt = told.CreatedAt,
            Total = ClickFunnelsGoods.Amount(order, "total_amount"),
            Items = ClickFunnelsGoods.Items(order["line_items"].Items()),
            Payment = status switch
            {
                null => null,
                "voided" => PaymentStatus.Voided,
                "paid" or "partially-refunded" or "refunded" or "disputed" => PaymentStatus.Paid,
                _ => PaymentStatus.Pending,
            },
        }));
    }

    // Only of a whole refund the amount is told.
    public static Normalization Refunded(ClickFunnelsEvent told)
    {
        var order = told.Data;
        var isWhole = ClickFunnelsGoods.Status(order["billing_status"]) is "refunded";
        var key = isWhole ? $"orders/{told.Id}/refunded" : $"orders/{told.Id}/partially-refunded/{ClickFunnelsEvent.Stamp(told.UpdatedAt)}";
        return ClickFunnelsEvent.Facts(order["contact"], new Fact(key, new OrderRefunded
        {
            OccurredAt = told.UpdatedAt,
            Person = ClickFunnelsGoods.Person(order),
            Source = told.Source("order"),
            OrderId = told.Id,
            TotalRefunded = isWhole ? ClickFunnelsGoods.Amount(order, "total_amount") : null,
        }));
    }

    public static Normalization Deleted(ClickFunnelsEvent told)
    {
        var order = told.Data;
        var person = new Person { Identifiers = ClickFunnelsPeople.Identifiers(order["contact"], order["contact_id"]) };
        return ClickFunnelsEvent.Facts(order["contact"], ClickFunnelsGoods.IsSubscription(order)
            ? new Fact($"subscriptions/{told.Id}/deleted", new SubscriptionEnded { OccurredAt = told.ToldAt, Person = person, Source = told.Source("order"), SubscriptionId = told.Id, Reason = "deleted" })
            : new Fact($"orders/{told.Id}/deleted", new OrderCancelled { OccurredAt = told.ToldAt, Person = person, Source = told.Source("order"), OrderId = told.Id, Reason = "deleted" }));
    }
}
