using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>One order as the API tells it, with the pieces that were fetched with it, and the facts in them.</summary>
internal sealed class BigCommerceOrder
{
    private const int Incomplete = 0, Pending = 1, Shipped = 2, PartlyShipped = 3, Refunded = 4, Cancelled = 5, Declined = 6, AwaitingPayment = 7,
        AwaitingPickup = 8, AwaitingShipment = 9, Completed = 10, AwaitingFulfillment = 11, Verification = 12, PartlyRefunded = 14;

    private readonly Payload body;
    private readonly string id;
    private readonly long status;
    private readonly DateTimeOffset createdAt;
    private readonly DateTimeOffset modifiedAt;
    private readonly Person person;
    private readonly Person buyer;
    private readonly SourceReference source;
    private readonly BigCommerceOrderPieces pieces;

    public BigCommerceOrder(Payload body, BigCommercePeople people)
    {
        this.body = body;
        id = body["id"].RequiredId();
        status = body["status_id"].Integer() ?? throw body["status_id"].Missing();
        createdAt = BigCommerceTime.Created(body);
        modifiedAt = BigCommerceTime.Modified(body);
        person = people.OfBuyer(body);
        // An old order that is changed today must not bring an old address back: only the order as it was placed says who the buyer is.
        buyer = new Person { Identifiers = person.Identifiers };
        source = new SourceReference { ObjectType = BigCommerceObjects.Order, ObjectId = id };
        pieces = new BigCommerceOrderPieces(body, id, status is Incomplete ? person : buyer, source);
    }

    /// <summary>What happened. An order that is not placed tells of payments that failed, and nothing else.</summary>
    public IEnumerable<Fact> Facts()
    {
        if (status is Incomplete) return pieces.FailedPayments();
        List<Fact> facts = [Placed()];
        if (modifiedAt > createdAt) facts.Add(State());
        if (Payment is PaymentStatus.Paid) facts.Add(Paid());
        facts.AddRange(CalledOff());
        if (status is Declined) facts.Add(PaymentFailed());
        if (RefundedInAll() is { } refunded) facts.Add(refunded);
        facts.AddRange(pieces.FailedPayments());
        facts.AddRange(pieces.Refunds());
        if (status is not (Cancelled or Declined)) facts.AddRange(PromosUsed());
        if (body["is_email_opt_in"].Flag() is true) facts.Add(OptedIn());
        if (body["customer_message"].Text() is { } words) facts.Add(new Fact($"orders/{id}/note", new NoteAdded { OccurredAt = createdAt, Person = buyer, Source = source, Text = words }));
        facts.AddRange(pieces.Messages());
        return facts;
    }

    /// <summary>The order when it was placed, and so before it was paid.</summary>
    private Fact Placed() => new($"orders/{id}/placed", Describe(createdAt, person, PaymentStatus.Pending));

    /// <summary>The order since it was last changed.</summary>
    private Fact State() => new($"orders/{id}/state/{BigCommerceTime.Key(modifiedAt)}", Describe(modifiedAt, buyer, Payment));

    /// <summary>When it was paid is told by its transactions alone; of several tellings the earliest counts.</summary>
    private Fact Paid() => new($"orders/{id}/paid", new OrderPaid
    {
        OccurredAt = pieces.PaidInFullAt() ?? modifiedAt,
        Person = buyer,
        Source = source,
        OrderId = id,
        Amount = Total,
    });

    /// <summary>An order that was paid and then archived was tidied away, not called off.</summary>
    private IEnumerable<Fact> CalledOff()
    {
        var (how, reason) = status switch
        {
            Cancelled => ("cancelled", null),
            Declined => ("declined", "declined"),
            _ => body["is_deleted"].Flag() is true && Payment is not PaymentStatus.Paid ? ("archived", "archived") : ((string?)null, (string?)null),
        };
        if (how is null) yield break;
        yield return new Fact($"orders/{id}/{how}", new OrderCancelled { OccurredAt = modifiedAt, Person = buyer, Source = source, OrderId = id, Reason = reason });
    }

    private Fact PaymentFailed() => new($"orders/{id}/payment_failed", new PaymentFailed
    {
        OccurredAt = modifiedAt,
        Person = buyer,
        Source = source,
        PaymentId = id,
        OrderId = id,
        Amount = Total,
        Reason = body["payment_status"].Text(),
    });

    /// <summary>A merchant who gave the money back in another way sets the status and no amount: then it was all of it.</summary>
    private Fact? RefundedInAll()
    {
        var total = BigCommerceGoods.Amount(body["refunded_amount"], body["default_currency_code"]);
        if (total is not { Amount: > 0 }) total = status is Refunded ? Total : null;
        return total is null ? null : new Fact($"orders/{id}/refunded/{Amounts.Write(total.Amount, total.Currency)}", new OrderRefunded
        {
            OccurredAt = modifiedAt,
            Person = buyer,
            Source = source,
            OrderId = id,
            TotalRefunded = total,
        });
    }

    private IEnumerable<Fact> PromosUsed()
    {
        foreach (var coupon in Coupons)
        {
            if (coupon["code"].Text() is not { } code) continue;
            yield return new Fact($"orders/{id}/promo/{code}", new PromoUsed
            {
                OccurredAt = createdAt,
                Person = buyer,
                Source = source,
                Code = code,
                OrderId = id,
                Discount = BigCommerceGoods.Amount(coupon["discount"], body["default_currency_code"]),
            });
        }
    }

    /// <summary>The box of the newsletter at the checkout. An empty one is no refusal.</summary>
    private Fact OptedIn() => new($"orders/{id}/consent/email", new ConsentChanged
    {
        OccurredAt = createdAt,
        Person = buyer,
        Source = source,
        Channel = ConsentChannel.Email,
        State = ConsentState.Granted,
        Basis = "is_email_opt_in",
    });

    private OrderPlaced Describe(DateTimeOffset at, Person who, PaymentStatus? payment) => new()
    {
        OccurredAt = at,
        Person = who,
        Source = source,
        OrderId = id,
        Number = id,
        PlacedAt = createdAt,
        Total = Total,
        Items = BigCommerceGoods.OfOrder(body),
        DiscountCodes = [.. Coupons.Select(coupon => coupon["code"].Text()).OfType<string>().Distinct(StringComparer.Ordinal)],
        Payment = payment,
    };

    // The currency that was charged; currency_code is the one that prices were shown in.
    private Money? Total => BigCommerceGoods.Amount(body["total_inc_tax"], body["default_currency_code"]);

    // Where the coupons were not fetched a link stands.
    private IEnumerable<Payload> Coupons => body["coupons"].IsList ? body["coupons"].Items() : [];

    private PaymentStatus? Payment => body["payment_status"].Text()?.ToLowerInvariant() switch
    {
        "captured" or "paid" or "partially refunded" or "refunded" => PaymentStatus.Paid,
        "void" or "void pending" => PaymentStatus.Voided,
        null => ByStatus,
        _ => PaymentStatus.Pending,
    };

    // Payments by hand have no status of their own. What is paid for at the door is paid when the order is completed.
    private PaymentStatus? ByStatus => status switch
    {
        Completed or Refunded or PartlyRefunded => PaymentStatus.Paid,
        Shipped or PartlyShipped or AwaitingPickup or AwaitingShipment or AwaitingFulfillment =>
            body["payment_method"].Text() is "Cash on Delivery" or "Pay In Store" or "Pay in Store" ? PaymentStatus.Pending : PaymentStatus.Paid,
        Pending or AwaitingPayment or Verification => PaymentStatus.Pending,
        _ => null,
    };
}
