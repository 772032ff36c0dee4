using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnelsClassic;

/// <summary>Reads purchases.</summary>
internal static class ClassicPurchases
{
    public static Normalization Seen(ClassicEvent told)
    {
        var purchase = told.Object;
        var contact = purchase["contact"];
        var status = purchase["status"].Text()?.ToLowerInvariant();
        var total = Total(purchase);
        List<Fact> facts = [Placed(told, status, total)];
        var order = Outcome(told, status, total);
        if (order is not null) facts.Add(order);
        if (purchase["subscription_id"].Id() is { } subscription) facts.Add(Subscribed(told, subscription, total));
        return Normalization.Of([.. facts, .. ClassicPeople.Unsubscribed(contact)]);
    }

    private static Fact Placed(ClassicEvent told, string? status, Money? total) => new($"purchases/{told.Id}/state/{ClassicEvent.Stamp(told.UpdatedAt)}", new OrderPlaced
    {
        OccurredAt = told.UpdatedAt,
        Person = Person(told.Object),
        Source = told.Source,
        Attribution = ClassicPeople.Attribution(told.Object["contact"]),
        OrderId = told.Id,
        PlacedAt = told.CreatedAt,
        Total = total,
        Items = [.. Items(told.Object)],
        Payment = status switch { null => null, "paid" or "refunded" => PaymentStatus.Paid, _ => PaymentStatus.Pending },
    });

    private static Fact? Outcome(ClassicEvent told, string? status, Money? total)
    {
        var (person, source, at) = (Person(told.Object), told.Source, told.UpdatedAt);
        return status switch
        {
            "paid" => new Fact($"purchases/{told.Id}/paid", new OrderPaid { OccurredAt = at, Person = person, Source = source, OrderId = told.Id, Amount = total }),
            "refunded" => new Fact($"purchases/{told.Id}/refunded", new OrderRefunded { OccurredAt = at, Person = person, Source = source, OrderId = told.Id, TotalRefunded = total }),
            "canceled" or "cancelled" => new Fact($"purchases/{told.Id}/cancelled", new OrderCancelled { OccurredAt = at, Person = person, Source = source, OrderId = told.Id, Reason = status }),
            "failed" or "declined" or "error" => new Fact($"purchases/{told.Id}/failed/{ClassicEvent.Stamp(at)}", new PaymentFailed
            {
                OccurredAt = at,
                Person = person,
                Source = source,
                PaymentId = told.Object["charge_id"].Id() ?? told.Id,
                OrderId = told.Id,
                Amount = total,
                Reason = told.Object["error_message"].Text(),
            }),
            _ => null,
        };
    }

    private static Fact Subscribed(ClassicEvent told, string subscription, Money? total) => new($"subscriptions/{subscription}/started", new SubscriptionStarted
    {
        OccurredAt = told.CreatedAt,
        Person = Person(told.Object),
        Source = told.Source,
        SubscriptionId = subscription,
        Plan = string.Join(", ", Items(told.Object).Select(item => item.Title)) is { Length: > 0 } plan ? plan : null,
        Price = total,
    });

    private static Person Person(Payload purchase)
    {
        var person = ClassicPeople.Of(purchase["contact"]);
        return purchase["stripe_customer_token"].Text() is { } token
            ? person with { Custom = new Dictionary<string, string>(person.Custom, StringComparer.Ordinal) { ["stripe_customer"] = token } }
            : person;
    }

    private static IEnumerable<OrderItem> Items(Payload purchase)
    {
        foreach (var product in purchase["products"].Items())
        {
            if (product["name"].Text() is { } title)
                yield return new OrderItem { ProductId = product["id"].Id(), Title = title, UnitPrice = Amount(product["amount"], product["amount_currency"]) };
        }
    }

    private static Money? Total(Payload purchase) =>
        Amounts.Minor(purchase["original_amount_cents"], purchase["original_amount_currency"]) ?? Amount(purchase["original_amount"], purchase["original_amount_currency"]);

    // Minor units with a decimal point, "9700.0"; older webhooks call them cents.
    private static Money? Amount(Payload money, Payload currency)
    {
        if ((money["fractional"].Decimal() ?? money["cents"].Decimal()) is not { } minor) return null;
        if ((Amounts.Currency(money["currency"]["iso_code"]) ?? Amounts.Currency(currency)) is not { } code) return null;
        return new Money { Amount = minor * Amounts.FromMinor(1, code).Amount, Currency = code };
    }
}
