using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Reads <c>checkout.session.*</c>.</summary>
/// <param name="referenceIsUser">Whether <c>client_reference_id</c> is the business's own user id.</param>
internal sealed class StripeCheckouts(bool referenceIsUser)
{
    public Normalization Completed(StripeEvent told)
    {
        var session = told.Object;
        var person = Person(session);
        if (!IsSale(session)) return Normalization.Of([Observed(told, person), .. Consent(told, person)]);
        List<Fact> facts = [Placed(told, person)];
        if (IsPaid(session)) facts.Add(Paid(told, person));
        return Normalization.Of([.. facts, .. Promotions(told, person), .. Consent(told, person)]);
    }

    /// <summary>A session as a list holds it.</summary>
    public Normalization Held(StripeEvent told) =>
        told.Object["status"].Text() is "complete" ? Completed(told) : told.Ignored("it was not completed; a cart left behind so long ago is nothing to act on");

    public Normalization PaidLater(StripeEvent told) =>
        IsSale(told.Object) ? Normalization.Of(Paid(told, Person(told.Object))) : told.Ignored("it starts a subscription: invoice.paid tells the payment");

    public Normalization FailedLater(StripeEvent told)
    {
        var session = told.Object;
        var person = Person(session);
        var failed = new Fact($"checkout/{told.ObjectId}/failed", new PaymentFailed
        {
            OccurredAt = told.CreatedAt,
            Person = person,
            Source = told.Source,
            PaymentId = StripeEvent.Reference(session["payment_intent"]) ?? told.ObjectId,
            OrderId = IsSale(session) ? OrderId(session) : null,
            InvoiceId = StripeEvent.Reference(session["invoice"]),
            SubscriptionId = StripeEvent.Reference(session["subscription"]),
            Amount = Total(session),
        });
        // A session can't be paid again, an invoice can.
        return session["invoice"].Exists || !IsSale(session) ? Normalization.Of(failed) : Normalization.Of(failed, Cancelled(told, person));
    }

    public Normalization Expired(StripeEvent told)
    {
        var person = Person(told.Object);
        var abandoned = new Fact($"checkout/{told.ObjectId}/expired", new CartAbandoned
        {
            OccurredAt = told.CreatedAt,
            Person = person,
            Source = told.Source,
            Attribution = told.Attribution,
            CartId = told.ObjectId,
            Total = Total(told.Object),
            RecoveryUrl = told.Object["after_expiration"]["recovery"]["url"].Text(),
        });
        return Normalization.Of([abandoned, .. Consent(told, person)]);
    }

    private static Fact Placed(StripeEvent told, Person person)
    {
        var session = told.Object;
        var placedAt = CreatedAt(told);
        return new Fact($"checkout/{told.ObjectId}/placed", new OrderPlaced
        {
            OccurredAt = placedAt,
            Person = person,
            Source = told.Source,
            Attribution = told.Attribution,
            OrderId = OrderId(session),
            PlacedAt = placedAt,
            Total = Total(session),
            DiscountCodes = [.. Codes(session)],
            Payment = IsPaid(session) ? PaymentStatus.Paid : PaymentStatus.Pending,
        });
    }

    private static Fact Paid(StripeEvent told, Person person) => new($"checkout/{told.ObjectId}/paid", new OrderPaid
    {
        OccurredAt = told.CreatedAt,
        Person = person,
        Source = told.Source,
        Attribution = told.Attribution,
        OrderId = OrderId(told.Object),
        Amount = Total(told.Object),
    });

    private static Fact Cancelled(StripeEvent told, Person person) => new($"checkout/{told.ObjectId}/cancelled", new OrderCancelled
    {
        OccurredAt = told.CreatedAt,
        Person = person,
        Source = told.Source,
        OrderId = OrderId(told.Object),
        Reason = "async_payment_failed",
    });

    private static Fact Observed(StripeEvent told, Person person) => new($"checkout/{told.ObjectId}/completed", new ContactObserved
    {
        OccurredAt = told.CreatedAt,
        Person = person,
        Source = told.Source,
        Attribution = told.Attribution,
    });

    private static IEnumerable<Fact> Promotions(StripeEvent told, Person person)
    {
        var codes = Codes(told.Object).ToList();
        var discount = StripeMoney.Read(told.Object["total_details"]["amount_discount"], told.Object["currency"]);
        return codes.Select(code => new Fact($"checkout/{told.ObjectId}/promotions/{code}", new PromoUsed
        {
            OccurredAt = CreatedAt(told),
            Person = person,
            Source = told.Source,
            Code = code,
            OrderId = OrderId(told.Object),
            Discount = codes.Count == 1 ? discount : null,
        }));
    }

    private static IEnumerable<Fact> Consent(StripeEvent told, Person person)
    {
        var promotions = told.Object["consent"]["promotions"].Text();
        if (promotions is not ("opt_in" or "opt_out")) return [];
        return [new Fact($"checkout/{told.ObjectId}/consent", new ConsentChanged
        {
            OccurredAt = told.CreatedAt,
            Person = person,
            Source = told.Source,
            Channel = ConsentChannel.Email,
            State = promotions is "opt_in" ? ConsentState.Granted : ConsentState.Withdrawn,
            Basis = promotions,
        })];
    }

    // Without its invoice a subscription's first payment has no name yet under which invoice.paid would tell it again.
    private static bool IsSale(Payload session) => session["mode"].Text() switch
    {
        "setup" => false,
        "subscription" => session["invoice"].Exists,
        _ => true,
    };

    /// <summary>The invoice, because <c>invoice.paid</c> tells the same money; else the payment intent, because refunds name it; else the session.</summary>
    private static string OrderId(Payload session) =>
        StripeEvent.Reference(session["invoice"]) ?? StripeEvent.Reference(session["payment_intent"]) ?? session["id"].RequiredText();

    private static bool IsPaid(Payload session) => session["payment_status"].Text() is "paid" or "no_payment_required";

    private static Money? Total(Payload session) => StripeMoney.Read(session["amount_total"], session["currency"]);

    private static DateTimeOffset CreatedAt(StripeEvent told) => told.Object["created"].EpochSeconds() ?? told.CreatedAt;

    private static IEnumerable<string> Codes(Payload session) => session["discounts"].Items().Select(StripeDiscounts.Code).OfType<string>().Distinct(StringComparer.Ordinal);

    private Person Person(Payload session) => StripePeople.OfSession(session, referenceIsUser);
}
