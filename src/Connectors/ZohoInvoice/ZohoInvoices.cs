using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Reads invoices. A rule sends the same invoice again and again, with every view and reminder, so keys hold what makes a difference. One that is paid is an order too, under its id.</summary>
/// <param name="promoField">API name of the custom field that holds a promotion code, or null.</param>
internal sealed class ZohoInvoices(string? promoField)
{
    /// <summary>An invoice as it is now: what the rules would have told on the way there.</summary>
    public Normalization Seen(ZohoRecord told)
    {
        if (told.Status is "void") return Voided(told);
        var issued = Issued(told);
        var said = told.Status switch
        {
            "paid" => Normalization.Batch([issued, Paid(told)]),
            "overdue" => Normalization.Batch([issued, Overdue(told)]),
            _ => issued,
        };
        // Each of them tells the promotion code.
        return said is Normalization.Events events ? new Normalization.Events([.. events.Facts.DistinctBy(fact => fact.Key)]) : said;
    }

    public Normalization Issued(ZohoRecord told)
    {
        if (told.Status is "draft" or "pending_approval" or "approved") return told.Ignored("a draft: nothing was sent yet");
        var (total, dueAt) = (told.Amount("total"), told.Day("due_date"));
        return Normalization.Of([new Fact($"invoices/{told.Id}/issued/{Written(total)}/{told.Data["due_date"].Text()}", new InvoiceIssued
        {
            OccurredAt = told.At,
            TimeBasis = told.Basis,
            Person = PersonOf(told),
            Source = told.Source,
            Attribution = ZohoFields.Attribution(told.Data),
            InvoiceId = told.Id,
            Number = told.Data["invoice_number"].Text(),
            Total = total,
            DueAt = dueAt,
            SubscriptionId = told.Data["recurring_invoice_id"].Id(),
        }), .. Promo(told)]);
    }

    public Normalization Paid(ZohoRecord told)
    {
        if (told.Status is not (null or "paid")) return told.Ignored("it is not paid in full");
        var total = Earned(told);
        return Normalization.Of([.. PaidFacts(told, PersonOf(told), told.Id, told.Data["invoice_number"].Text(), total, told.Data["recurring_invoice_id"].Id()), Placed(told, total), .. Promo(told)]);
    }

    public static Normalization Overdue(ZohoRecord told)
    {
        var open = told.Amount("balance") ?? told.Amount("total");
        var dueAt = told.Day("due_date");
        // The rule waits for the day; the invoice was last changed before it.
        var isDueLater = dueAt is not null && (told.Basis is TimeBasis.Arrival || dueAt > told.At);
        return Normalization.Of($"invoices/{told.Id}/overdue/{told.Data["due_date"].Text()}", new TaskCreated
        {
            OccurredAt = isDueLater && dueAt is { } due ? due : told.At,
            TimeBasis = isDueLater ? TimeBasis.Vendor : told.Basis,
            Person = PersonOf(told),
            Source = told.Source,
            TaskId = $"invoice/{told.Id}/overdue",
            Title = told.Data["invoice_number"].Text() is { } number ? $"Invoice {number} is overdue" : "An invoice is overdue",
            Note = open is null ? null : $"{Written(open)} open",
            DueAt = dueAt,
        });
    }

    public static Normalization Voided(ZohoRecord told) => Normalization.Of($"invoices/{told.Id}/void", new OrderCancelled
    {
        OccurredAt = told.At,
        TimeBasis = told.Basis,
        Person = PersonOf(told),
        Source = told.Source,
        OrderId = told.Id,
        Reason = "void",
    });

    /// <summary>That an invoice was paid in full, told by itself or by the payment that settled it.</summary>
    public static IEnumerable<Fact> PaidFacts(ZohoRecord told, Person person, string invoiceId, string? number, Money? amount, string? subscriptionId) =>
    [
        new($"invoices/{invoiceId}/paid", new InvoicePaid
        {
            OccurredAt = told.At, TimeBasis = told.Basis, Person = person, Source = told.Source, InvoiceId = invoiceId, Number = number, Amount = amount, SubscriptionId = subscriptionId,
        }),
        new($"invoices/{invoiceId}/order/paid", new OrderPaid { OccurredAt = told.At, TimeBasis = told.Basis, Person = person, Source = told.Source, OrderId = invoiceId, Amount = amount }),
    ];

    public static string? Written(Money? money) => money is null ? null : $"{Amounts.Write(money.Amount, money.Currency)} {money.Currency}";

    private static Fact Placed(ZohoRecord told, Money? total) => new($"invoices/{told.Id}/order/placed/{Written(total)}", new OrderPlaced
    {
        OccurredAt = told.At,
        TimeBasis = told.Basis,
        Person = PersonOf(told),
        Source = told.Source,
        Attribution = ZohoFields.Attribution(told.Data),
        OrderId = told.Id,
        Number = told.Data["invoice_number"].Text(),
        PlacedAt = told.Day("date"),
        Total = total,
        Items = [.. told.Data["line_items"].Items().Select(line => Item(told, line)).OfType<OrderItem>()],
        Payment = PaymentStatus.Paid,
    });

    // What was written off is not owed any more.
    private static Money? Earned(ZohoRecord told)
    {
        if (told.Amount("total") is not { } total || told.Data["write_off_amount"].Decimal() is not { } writtenOff) return told.Amount("total");
        return writtenOff >= 0 && writtenOff <= Math.Abs(total.Amount) ? total with { Amount = total.Amount - writtenOff } : throw told.Data["write_off_amount"].Not("a part of the total");
    }

    private static OrderItem? Item(ZohoRecord told, Payload line)
    {
        if ((line["name"].Text() ?? line["description"].Text()) is not { } title) return null;
        return new OrderItem
        {
            ProductId = line["item_id"].Id(),
            Sku = line["sku"].Text(),
            Title = title,
            Quantity = line["quantity"].Decimal() ?? 1,
            UnitPrice = Amounts.Major(line["rate"], told.Data["currency_code"]),
        };
    }

    private IEnumerable<Fact> Promo(ZohoRecord told) => ZohoFields.Value(told.Data, promoField) is { } code
        ? [new Fact($"invoices/{told.Id}/promo/{code}", new PromoUsed { OccurredAt = told.At, TimeBasis = told.Basis, Person = PersonOf(told), Source = told.Source, Code = code, OrderId = told.Id })]
        : [];

    private static Person PersonOf(ZohoRecord told)
    {
        var custom = ZohoFields.Read(told.Data).Where(field => !ZohoFields.IsUtm(field.Name)).DistinctBy(field => field.Name).ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        var person = ZohoCustomer.Of(told.Data);
        foreach (var (name, value) in person.Custom) custom.TryAdd(name, value);
        return person with { Custom = custom };
    }
}
