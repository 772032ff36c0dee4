using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>One invoice, sales receipt, refund receipt or credit memo, and the facts in it. Invoices and receipts are orders under an id of their own.</summary>
internal sealed class QuickBooksSale(string entity, string id, Payload body, Person person, QuickBooksSettings settings)
{
    private readonly DateTimeOffset madeAt = QuickBooksTime.Made(body);
    private readonly DateTimeOffset changedAt = QuickBooksTime.Changed(body);
    private readonly SourceReference source = QuickBooksHooks.Source(entity, id);
    private readonly Money? total = QuickBooksMoney.Of(body["TotalAmt"], body, settings.HomeCurrency);

    /// <summary>The id of the order that a sale is.</summary>
    public static string OrderId(string entity, string id) => $"{entity}/{id}";

    /// <summary>Whether the entity was voided: QuickBooks sets its amounts to zero and says so in the note.</summary>
    public static bool IsVoided(Payload body) => body["TotalAmt"].Decimal() is 0 && body["PrivateNote"].Text()?.StartsWith("Voided", StringComparison.OrdinalIgnoreCase) is true;

    public bool IsVoid => IsSale && IsVoided(body);

    public IEnumerable<Fact> Facts()
    {
        if (!IsSale) return Counts ? [Refunded()] : [];
        List<Fact> facts = [];
        if (IsInvoice) facts.AddRange(Issued());
        if (IsPaid && IsInvoice) facts.Add(InvoicePaid());
        if (!Counts) return facts;
        facts.Add(Placed("placed", madeAt, PaymentStatus.Pending, Items));
        if (changedAt > madeAt) facts.Add(Placed($"state/{QuickBooksTime.Key(changedAt)}", changedAt, IsPaid ? PaymentStatus.Paid : PaymentStatus.Pending, Items));
        if (IsPaid) facts.Add(OrderPaid());
        if (Promo is { } code) facts.Add(new Fact($"{entity}s/{id}/promo/{code}", new PromoUsed { OccurredAt = madeAt, Person = person, Source = source, Code = code, OrderId = OrderId(entity, id) }));
        return facts;
    }

    /// <summary>The sale was made void. A receipt is paid on the spot: that it is worth nothing any more is told as well. What was paid for an invoice stays with the company as a credit.</summary>
    public IEnumerable<Fact> Voided(DateTimeOffset? at)
    {
        if (!Counts) yield break;
        yield return new Fact($"{entity}s/{id}/voided", new OrderCancelled { OccurredAt = at ?? changedAt, Person = person, Source = source, OrderId = OrderId(entity, id), Reason = "voided" });
        if (!IsInvoice && total is { Amount: 0 }) yield return Placed($"state/{QuickBooksTime.Key(changedAt)}", changedAt, PaymentStatus.Paid, []);
    }

    private bool Counts => settings.Sales is QuickBooksSales.Count;

    private bool IsInvoice => entity == QuickBooksEntities.Invoice;

    private bool IsSale => IsInvoice || entity == QuickBooksEntities.SalesReceipt;

    // A sales receipt is paid on the spot.
    private bool IsPaid => body["TotalAmt"].Decimal() is > 0 && (!IsInvoice || body["Balance"].Decimal() is 0);

    /// <summary>The invoice as it was issued; and what is owed since it was changed. A change that leaves that as it is tells nothing new.</summary>
    private IEnumerable<Fact> Issued()
    {
        yield return new Fact($"invoices/{id}/issued", Invoice(madeAt));
        if (changedAt > madeAt && total is not null)
            yield return new Fact($"invoices/{id}/terms/{Amounts.Write(total.Amount, total.Currency)}/{body["DueDate"].Date():yyyy-MM-dd}", Invoice(changedAt));
    }

    private InvoiceIssued Invoice(DateTimeOffset at) => new()
    {
        OccurredAt = at,
        Person = person,
        Source = source,
        Attribution = Attribution,
        InvoiceId = id,
        Number = Number,
        Total = total,
        DueAt = QuickBooksTime.Day(body["DueDate"]),
    };

    /// <summary>The first change that shows nothing owed is the nearest to the payment.</summary>
    private Fact InvoicePaid() => new($"invoices/{id}/paid", new InvoicePaid { OccurredAt = changedAt, Person = person, Source = source, InvoiceId = id, Number = Number, Amount = total });

    private Fact OrderPaid() => new($"{entity}s/{id}/order/paid", new OrderPaid { OccurredAt = IsInvoice ? changedAt : madeAt, Person = person, Source = source, OrderId = OrderId(entity, id), Amount = total });

    private Fact Placed(string key, DateTimeOffset at, PaymentStatus payment, IReadOnlyList<OrderItem> items) => new($"{entity}s/{id}/order/{key}", new OrderPlaced
    {
        OccurredAt = at,
        Person = person,
        Source = source,
        Attribution = Attribution,
        OrderId = OrderId(entity, id),
        Number = Number,
        PlacedAt = madeAt,
        Total = total,
        Items = items,
        DiscountCodes = Promo is { } code ? [code] : [],
        Payment = payment,
    });

    /// <summary>Which sale the money came from is not told: it goes off what the customer is worth. Voided it is nothing.</summary>
    private Fact Refunded() => new($"{entity}s/{id}/state/{QuickBooksTime.Key(changedAt)}", new OrderRefunded
    {
        OccurredAt = changedAt,
        Person = person,
        Source = source,
        OrderId = OrderId(entity, id),
        RefundId = id,
        Amount = total,
        Reason = entity,
    });

    private string? Number => body["DocNumber"].Text();

    private string? Promo => Field(settings.PromoField);

    private Attribution? Attribution => Field(settings.CampaignField) is { } campaign ? new Attribution { Campaign = campaign } : null;

    private string? Field(string? name) => name is null ? null : body["CustomField"].Items().FirstOrDefault(field => field["Name"].Text() == name)?["StringValue"].Text();

    private IReadOnlyList<OrderItem> Items => [.. Lines(body).Select(Item).OfType<OrderItem>()];

    // A bundle holds lines of its own.
    private static IEnumerable<Payload> Lines(Payload holder) => holder["Line"].Items()
        .SelectMany(line => line["DetailType"].Text() is "GroupLineDetail" ? line["GroupLineDetail"]["Line"].Items() : [line])
        .Where(line => line["DetailType"].Text() is "SalesItemLineDetail");

    private OrderItem? Item(Payload line)
    {
        var detail = line["SalesItemLineDetail"];
        var product = detail["ItemRef"];
        if ((line["Description"].Text() ?? product["name"].Text()) is not { } title) return null;
        return new OrderItem
        {
            ProductId = product["value"].Id(),
            Title = title,
            Quantity = detail["Qty"].Decimal() ?? 1,
            UnitPrice = QuickBooksMoney.Of(detail["UnitPrice"], body, settings.HomeCurrency),
        };
    }
}
