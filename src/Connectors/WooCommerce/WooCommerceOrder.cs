using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>One order as a body tells it, and the facts in it.</summary>
internal sealed class WooCommerceOrder
{
    public const string Trashed = "moved to the trash";

    private readonly Payload body;
    private readonly WooCommercePeople people;
    private readonly string id;
    private readonly string? status;
    private readonly DateTimeOffset createdAt;
    private readonly DateTimeOffset modifiedAt;
    private readonly DateTimeOffset? paidAt;
    private readonly Person person;
    private readonly SourceReference source;

    public WooCommerceOrder(Payload body, WooCommercePeople people)
    {
        this.body = body;
        this.people = people;
        id = body["id"].RequiredId();
        status = body["status"].Text();
        createdAt = WooCommerceTime.Created(body);
        modifiedAt = WooCommerceTime.Modified(body);
        paidAt = PaidAt(body, status, modifiedAt);
        person = people.OfBuyer(body);
        source = WooCommerceSource.Of("order", body, id);
    }

    /// <summary>Key of the fact that an order went to the trash, whichever topic tells it.</summary>
    public static string TrashKey(string id) => $"orders/{id}/trashed";

    public IEnumerable<Fact> Facts()
    {
        if (status is "trash") return [Cancelled(TrashKey(id), Trashed)];
        List<Fact> facts = [Placed()];
        if (modifiedAt > createdAt) facts.Add(State());
        if (paidAt is { } paid) facts.Add(Paid(paid));
        if (status is "cancelled") facts.Add(Cancelled(CancelledKey, reason: null));
        if (status is "failed") facts.Add(PaymentFailed());
        facts.AddRange(Refunds());
        if (status is not ("cancelled" or "failed")) facts.AddRange(PromosUsed());
        facts.AddRange(Consents());
        if (Note() is { } note) facts.Add(note);
        return facts;
    }

    /// <summary>The order when it was placed, and so before it was paid.</summary>
    private Fact Placed() => new($"orders/{id}/placed", Describe(createdAt, PaymentStatus.Pending));

    /// <summary>The order since it was last saved.</summary>
    private Fact State() => new($"orders/{id}/state/{WooCommerceTime.Key(modifiedAt)}", Describe(modifiedAt, Payment));

    private Fact Paid(DateTimeOffset paid) => new($"orders/{id}/paid", new OrderPaid
    {
        OccurredAt = paid,
        Person = person,
        Source = source,
        OrderId = id,
        Amount = WooCommerceGoods.Total(body),
    });

    // When it was called off is not told; of several tellings the earliest counts. Called off, paid after all and called off again is another fact.
    private string CancelledKey => paidAt is { } paid ? $"orders/{id}/cancelled/paid/{WooCommerceTime.Key(paid)}" : $"orders/{id}/cancelled";

    private Fact Cancelled(string key, string? reason) => new(key, new OrderCancelled
    {
        OccurredAt = modifiedAt,
        Person = person,
        Source = source,
        OrderId = id,
        Reason = reason,
    });

    /// <summary>Any plugin that saves the order tells the same failure again: only another transaction is another one.</summary>
    private Fact PaymentFailed()
    {
        var transaction = body["transaction_id"].Id();
        return new Fact(transaction is null ? $"orders/{id}/payment_failed" : $"orders/{id}/payment_failed/{transaction}", new PaymentFailed
        {
            OccurredAt = modifiedAt,
            Person = person,
            Source = source,
            PaymentId = transaction ?? id,
            OrderId = id,
            Amount = WooCommerceGoods.Total(body),
        });
    }

    /// <summary>Refunds come as a summary without a time; the first save that shows one is the nearest to it. An order that is refunded without one was so in full.</summary>
    private IEnumerable<Fact> Refunds()
    {
        var any = false;
        foreach (var refund in body["refunds"].Items())
        {
            any = true;
            var refundId = refund["id"].RequiredId();
            var amount = Amounts.Major(refund["total"], body["currency"]);
            yield return new Fact($"orders/{id}/refunds/{refundId}", Refunded() with
            {
                RefundId = refundId,
                Amount = amount is null ? null : amount with { Amount = Math.Abs(amount.Amount) },
                Reason = refund["reason"].Text(),
            });
        }
        if (!any && status is "refunded") yield return new Fact($"orders/{id}/refunded", Refunded() with { TotalRefunded = WooCommerceGoods.Total(body) });
    }

    private OrderRefunded Refunded() => new() { OccurredAt = modifiedAt, Person = person, Source = source, OrderId = id };

    private IEnumerable<Fact> PromosUsed()
    {
        foreach (var coupon in body["coupon_lines"].Items())
        {
            if (coupon["code"].Text() is not { } code) continue;
            yield return new Fact($"orders/{id}/promo/{code}", new PromoUsed
            {
                OccurredAt = createdAt,
                Person = person,
                Source = source,
                Code = code,
                OrderId = id,
                Discount = WooCommerceGoods.Shown(coupon["discount"], coupon["discount_tax"], body),
            });
        }
    }

    /// <summary>Boxes that were ticked at the checkout: each order has its own, so that the time of the order is the time of the consent.</summary>
    private IEnumerable<Fact> Consents() => people.Consents(body).Select(consent => new Fact($"orders/{id}/consent/{consent.Key}", new ConsentChanged
    {
        OccurredAt = createdAt,
        Person = person,
        Source = source,
        Channel = consent.Channel,
        State = ConsentState.Granted,
        Basis = consent.Key,
    }));

    private Fact? Note() => body["customer_note"].Text() is { } text
        ? new Fact($"orders/{id}/note", new NoteAdded { OccurredAt = createdAt, Person = person, Source = source, Text = text })
        : null;

    private PaymentStatus? Payment => (paidAt, status) switch
    {
        ({ }, _) => PaymentStatus.Paid,
        (null, "cancelled") => PaymentStatus.Voided,
        // Goods that are paid for on delivery are processed before that.
        (null, "pending" or "on-hold" or "failed" or "processing") => PaymentStatus.Pending,
        _ => null,
    };

    private OrderPlaced Describe(DateTimeOffset at, PaymentStatus? payment) => new()
    {
        OccurredAt = at,
        Person = person,
        Source = source,
        Attribution = WooCommerceGoods.Attribution(body),
        OrderId = id,
        Number = body["number"].Id(),
        PlacedAt = createdAt,
        Total = WooCommerceGoods.Total(body),
        Items = WooCommerceGoods.Items(body),
        DiscountCodes = [.. body["coupon_lines"].Items().Select(coupon => coupon["code"].Text()).OfType<string>()],
        Payment = payment,
    };

    // An order that was completed by hand or by an import may lack the time of its payment.
    private static DateTimeOffset? PaidAt(Payload body, string? status, DateTimeOffset modifiedAt) =>
        WooCommerceTime.Utc(body["date_paid_gmt"]) ?? (status is "completed" ? WooCommerceTime.Utc(body["date_completed_gmt"]) ?? modifiedAt : null);
}
