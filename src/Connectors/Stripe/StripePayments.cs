using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Reads payment intents and disputes. An intent that pays an invoice or a Checkout Session is told by that, so that no money counts twice.</summary>
internal static class StripePayments
{
    public static Normalization Succeeded(StripeEvent told)
    {
        var intent = told.Object;
        if (PaysInvoice(intent)) return told.Ignored("it pays an invoice: invoice.paid tells it");
        if (OrderReference(intent, "cs_")) return told.Ignored("it pays a Checkout Session: checkout.session.completed tells it");
        var person = StripePeople.OfPayment(intent);
        var received = StripeMoney.Read(intent["amount_received"], intent["currency"]);
        return Normalization.Of(Placed(told, person, received), Paid(told, person, received));
    }

    /// <summary>An intent as a list holds it.</summary>
    public static Normalization Held(StripeEvent told) => told.Object["status"].Text() is "succeeded" ? Succeeded(told) : told.Ignored("nothing was paid");

    public static Normalization Failed(StripeEvent told)
    {
        var intent = told.Object;
        if (PaysInvoice(intent)) return told.Ignored("it pays an invoice: invoice.payment_failed tells it");
        var error = intent["last_payment_error"];
        var attempt = error["charge"].Text() ?? StripeEvent.Reference(intent["latest_charge"]) ?? told.Id;
        return Normalization.Of($"payment_intents/{told.ObjectId}/failed/{attempt}", new PaymentFailed
        {
            OccurredAt = told.CreatedAt,
            Person = StripePeople.OfPayment(intent),
            Source = told.Source,
            Attribution = told.Attribution,
            PaymentId = told.ObjectId,
            OrderId = told.ObjectId,
            Amount = StripeMoney.Read(intent["amount"], intent["currency"]),
            Reason = StripePeople.Joined(": ", [error["code"].Text(), error["decline_code"].Text(), error["message"].Text()]),
        });
    }

    public static Normalization Disputed(StripeEvent told)
    {
        var dispute = told.Object;
        var amount = StripeMoney.Read(dispute["amount"], dispute["currency"]);
        return Normalization.Of($"disputes/{told.ObjectId}", new TaskCreated
        {
            OccurredAt = dispute["created"].EpochSeconds() ?? told.CreatedAt,
            Person = StripePeople.OfDispute(dispute),
            Source = told.Source,
            TaskId = told.ObjectId,
            Title = amount is null ? "Answer a disputed payment" : $"Answer a disputed payment of {amount.Amount} {amount.Currency}",
            Note = StripePeople.Joined(", ", [dispute["reason"].Text(), dispute["status"].Text(), StripeEvent.Reference(dispute["payment_intent"]), StripeEvent.Reference(dispute["charge"])]),
            DueAt = dispute["evidence_details"]["due_by"].EpochSeconds(),
        });
    }

    private static Fact Placed(StripeEvent told, Person person, Money? received)
    {
        var placedAt = told.Object["created"].EpochSeconds() ?? told.CreatedAt;
        return new Fact($"payment_intents/{told.ObjectId}/placed", new OrderPlaced
        {
            OccurredAt = placedAt,
            Person = person,
            Source = told.Source,
            Attribution = told.Attribution,
            OrderId = told.ObjectId,
            PlacedAt = placedAt,
            Total = received,
            Items = told.Object["description"].Text() is { } description ? [new OrderItem { Title = description }] : [],
            Payment = PaymentStatus.Paid,
        });
    }

    private static Fact Paid(StripeEvent told, Person person, Money? received) => new($"payment_intents/{told.ObjectId}/paid", new OrderPaid
    {
        OccurredAt = told.CreatedAt,
        Person = person,
        Source = told.Source,
        Attribution = told.Attribution,
        OrderId = told.ObjectId,
        Amount = received,
    });

    // Before 2025-03-31 an intent names its invoice; since then Stripe's billing writes it as the order reference.
    // In between nothing but the description tells it, in words that are Stripe's own.
    private static bool PaysInvoice(Payload intent) =>
        intent["invoice"].Exists || OrderReference(intent, "in_")
        || intent["description"].Text() is "Subscription creation" or "Subscription update" or "Payment for Invoice";

    private static bool OrderReference(Payload intent, string prefix) =>
        intent["payment_details"]["order_reference"].Text() is { } reference && reference.StartsWith(prefix, StringComparison.Ordinal);
}
