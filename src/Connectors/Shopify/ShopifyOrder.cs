using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>One order as a delivery tells it, and the facts in it.</summary>
internal sealed class ShopifyOrder
{
    private readonly WebhookDelivery delivery;
    private readonly Payload body;
    private readonly string id;
    private readonly Person person;
    private readonly SourceReference source;

    public ShopifyOrder(WebhookDelivery delivery)
    {
        this.delivery = delivery;
        body = delivery.Json;
        id = ShopifyIds.Self(body);
        person = ShopifyPeople.OfBuyer(body, body["checkout_token"].Text());
        source = ShopifyHeaders.Source(delivery, "order", id, $"orders/{id}");
    }

    /// <summary>Whether the order was paid in full, even if money went back since.</summary>
    public bool IsOrWasPaid => Payment is PaymentStatus.Paid;

    /// <summary>Whether the order was cancelled.</summary>
    public bool IsCancelled => body["cancelled_at"].Time() is not null;

    /// <summary>The order as it was placed, told later: whether it was paid by then is not known any more.</summary>
    public Fact WasPlaced() => new($"orders/{id}/placed", Describe(PlacedAt) with { Payment = null });

    /// <summary>The order as it was placed.</summary>
    public Fact Placed() => new($"orders/{id}/placed", Describe(PlacedAt));

    /// <summary>The order as it is since its last change.</summary>
    public Fact State()
    {
        var changed = Moment.Of(delivery, body["updated_at"]);
        return new Fact($"orders/{id}/state/{changed}", Describe(changed));
    }

    /// <summary>Shopify tells no time of payment; <c>processed_at</c> is the same in every delivery of the order, so that the fact is the same too.</summary>
    public Fact Paid()
    {
        var moment = Moment.Of(delivery, body["processed_at"], body["created_at"]);
        return new Fact($"orders/{id}/paid", new OrderPaid
        {
            OccurredAt = moment.At,
            TimeBasis = moment.Basis,
            Person = person,
            Source = source,
            OrderId = id,
            Amount = ShopifyGoods.Total(body),
        });
    }

    public Fact Cancelled()
    {
        var moment = Moment.Of(delivery, body["cancelled_at"], body["updated_at"]);
        return new Fact($"orders/{id}/cancelled", new OrderCancelled
        {
            OccurredAt = moment.At,
            TimeBasis = moment.Basis,
            Person = person,
            Source = source,
            OrderId = id,
            Reason = body["cancel_reason"].Text()?.ToLowerInvariant(),
        });
    }

    /// <summary>One fact for each code. Automatic discounts have no code and are in the total already.</summary>
    public IEnumerable<Fact> PromosUsed()
    {
        var moment = PlacedAt;
        foreach (var discount in body["discount_codes"].Items())
        {
            if (CodeOf(discount) is not { } code) continue;
            yield return new Fact($"orders/{id}/promo/{code}", new PromoUsed
            {
                OccurredAt = moment.At,
                TimeBasis = moment.Basis,
                Person = person,
                Source = source,
                Code = code,
                OrderId = id,
                Discount = Amounts.Major(discount["amount"], body["currency"]),
            });
        }
    }

    /// <summary>What the buyer wrote at the checkout.</summary>
    public IEnumerable<Fact> Notes()
    {
        if (body["note"].Text() is not { } text) yield break;
        var moment = PlacedAt;
        yield return new Fact($"orders/{id}/note", new NoteAdded { OccurredAt = moment.At, TimeBasis = moment.Basis, Person = person, Source = source, Text = text });
    }

    private Moment PlacedAt => Moment.Of(delivery, body["created_at"], body["processed_at"]);

    private PaymentStatus? Payment => body["financial_status"].Text()?.ToLowerInvariant() switch
    {
        "paid" or "partially_refunded" or "refunded" => PaymentStatus.Paid,
        "pending" or "authorized" or "partially_paid" or "expired" => PaymentStatus.Pending,
        "voided" => PaymentStatus.Voided,
        _ => null,
    };

    // The API tells the code alone.
    private static string? CodeOf(Payload discount) => discount.IsText ? discount.Text() : discount["code"].Text();

    private OrderPlaced Describe(Moment moment) => new()
    {
        OccurredAt = moment.At,
        TimeBasis = moment.Basis,
        Person = person,
        Source = source,
        Attribution = ShopifyGoods.Attribution(body),
        OrderId = id,
        Number = body["name"].Text(),
        PlacedAt = body["created_at"].Time(),
        Total = ShopifyGoods.Total(body),
        Items = ShopifyGoods.Items(body),
        DiscountCodes = [.. body["discount_codes"].Items().Select(CodeOf).OfType<string>()],
        Payment = Payment,
    };
}
