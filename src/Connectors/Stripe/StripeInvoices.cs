using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Reads <c>invoice.*</c>. A paid invoice is an order too, under the invoice's id: renewals are revenue, and no other event tells them.</summary>
internal static class StripeInvoices
{
    public static Normalization Issued(StripeEvent told)
    {
        var invoice = told.Object;
        return Normalization.Of($"invoices/{told.ObjectId}/issued", new InvoiceIssued
        {
            OccurredAt = IssuedAt(told),
            Person = StripePeople.OfInvoice(invoice),
            Source = told.Source,
            InvoiceId = told.ObjectId,
            Number = invoice["number"].Text(),
            Total = StripeMoney.Read(invoice["total"], invoice["currency"]),
            DueAt = invoice["due_date"].EpochSeconds(),
            SubscriptionId = SubscriptionId(invoice),
        });
    }

    /// <summary>An invoice as a list holds it: that it was issued, and what became of it.</summary>
    public static Normalization Held(StripeEvent told) => told.Object["status"].Text() switch
    {
        "draft" => told.Ignored("it is a draft until it is finalized"),
        "paid" => Normalization.Batch([Issued(told), Paid(told)]),
        "void" => Normalization.Batch([Issued(told), Voided(told)]),
        "uncollectible" => Normalization.Batch([Issued(told), Uncollectible(told)]),
        _ => Issued(told),
    };

    public static Normalization Sent(StripeEvent told)
    {
        var number = told.Object["number"].Text();
        return Normalization.Of($"invoices/{told.ObjectId}/sent/{told.CreatedAt.ToUnixTimeSeconds()}", new EmailSent
        {
            OccurredAt = told.CreatedAt,
            Person = StripePeople.OfInvoice(told.Object),
            Source = told.Source,
            CampaignId = told.ObjectId,
            CampaignName = number is null ? "Invoice" : $"Invoice {number}",
        });
    }

    public static Normalization Paid(StripeEvent told)
    {
        var invoice = told.Object;
        var person = StripePeople.OfInvoice(invoice);
        var paid = PaidAmount(invoice);
        var invoicePaid = new Fact($"invoices/{told.ObjectId}/paid", new InvoicePaid
        {
            OccurredAt = PaidAt(told),
            Person = person,
            Source = told.Source,
            InvoiceId = told.ObjectId,
            Number = invoice["number"].Text(),
            Amount = paid,
            SubscriptionId = SubscriptionId(invoice),
        });
        return paid is { Amount: > 0 } ? Normalization.Of(invoicePaid, OrderPlaced(told, person), OrderPaid(told, person, paid)) : Normalization.Of(invoicePaid);
    }

    public static Normalization PaymentFailed(StripeEvent told)
    {
        var invoice = told.Object;
        return Normalization.Of($"invoices/{told.ObjectId}/failed/{told.CreatedAt.ToUnixTimeSeconds()}", new PaymentFailed
        {
            OccurredAt = told.CreatedAt,
            Person = StripePeople.OfInvoice(invoice),
            Source = told.Source,
            PaymentId = told.ObjectId,
            OrderId = told.ObjectId,
            InvoiceId = told.ObjectId,
            SubscriptionId = SubscriptionId(invoice),
            Amount = StripeMoney.Read(invoice["amount_remaining"], invoice["currency"]),
            NextAttemptAt = invoice["next_payment_attempt"].EpochSeconds(),
        });
    }

    public static Normalization Voided(StripeEvent told) => Cancelled(told, "voided");

    public static Normalization Uncollectible(StripeEvent told) => Cancelled(told, "marked_uncollectible");

    private static Normalization Cancelled(StripeEvent told, string how) => Normalization.Of($"invoices/{told.ObjectId}/{how}", new OrderCancelled
    {
        OccurredAt = told.Object["status_transitions"][how + "_at"].EpochSeconds() ?? told.CreatedAt,
        Person = StripePeople.OfInvoice(told.Object),
        Source = told.Source,
        OrderId = told.ObjectId,
        Reason = how,
    });

    private static Fact OrderPlaced(StripeEvent told, Person person)
    {
        var invoice = told.Object;
        var placedAt = IssuedAt(told);
        return new Fact($"invoices/{told.ObjectId}/order/placed", new OrderPlaced
        {
            OccurredAt = placedAt,
            Person = person,
            Source = told.Source,
            Attribution = told.Attribution,
            OrderId = told.ObjectId,
            Number = invoice["number"].Text(),
            PlacedAt = placedAt,
            Total = StripeMoney.Read(invoice["amount_due"], invoice["currency"]),
            Items = [.. invoice["lines"]["data"].Items().Select(Item).OfType<OrderItem>()],
            Payment = PaymentStatus.Paid,
        });
    }

    private static Fact OrderPaid(StripeEvent told, Person person, Money paid) => new($"invoices/{told.ObjectId}/order/paid", new OrderPaid
    {
        OccurredAt = PaidAt(told),
        Person = person,
        Source = told.Source,
        Attribution = told.Attribution,
        OrderId = told.ObjectId,
        Amount = paid,
    });

    // Before 2025-03-31 a line tells its expanded price itself.
    private static OrderItem? Item(Payload line)
    {
        var pricing = line["pricing"];
        var product = StripeEvent.Reference(pricing["price_details"]["product"]) ?? StripeEvent.Reference(line["price"]["product"]);
        if ((line["description"].Text() ?? product) is not { } title) return null;
        return new OrderItem
        {
            ProductId = product,
            Title = title,
            Quantity = line["quantity"].Decimal() ?? 1,
            UnitPrice = StripeMoney.Read(pricing["unit_amount_decimal"], line["currency"]) ?? StripeMoney.Read(line["price"]["unit_amount_decimal"], line["currency"]),
        };
    }

    // An invoice that was paid out of band may tell nothing as paid.
    private static Money? PaidAmount(Payload invoice) =>
        StripeMoney.Read(invoice["amount_paid"], invoice["currency"]) is { Amount: > 0 } paid ? paid : StripeMoney.Read(invoice["amount_due"], invoice["currency"]);

    private static DateTimeOffset IssuedAt(StripeEvent told) => told.Object["status_transitions"]["finalized_at"].EpochSeconds() ?? told.CreatedAt;

    private static DateTimeOffset PaidAt(StripeEvent told) => told.Object["status_transitions"]["paid_at"].EpochSeconds() ?? told.CreatedAt;

    /// <summary>Since 2025-03-31.basil it stands in <c>parent</c>, before at the top.</summary>
    private static string? SubscriptionId(Payload invoice) =>
        StripeEvent.Reference(invoice["parent"]["subscription_details"]["subscription"]) ?? StripeEvent.Reference(invoice["subscription"]);
}
