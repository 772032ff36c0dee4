using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Reads payments received, and credit notes. A payment can settle several invoices, and an invoice may take several payments.</summary>
internal static class ZohoPayments
{
    public static Normalization Received(ZohoRecord told)
    {
        if (told.Status is not (null or "success" or "paid")) return told.Ignored("the money has not come in");
        var person = ZohoCustomer.Of(told.Data);
        List<Fact> facts = [];
        foreach (var invoice in told.Data["invoices"].Items())
        {
            var id = invoice["invoice_id"].RequiredId();
            if (invoice["balance_amount"].Decimal() is > 0) facts.Add(PartPaid(told, person, invoice, id));
            else facts.AddRange(ZohoInvoices.PaidFacts(told, person, id, invoice["invoice_number"].Text(), Amounts.Major(invoice["invoice_amount"], told.Data["currency_code"]) ?? Applied(told, invoice), null));
        }
        if (facts.Count == 0) facts.Add(Note(told, person, $"payments/{told.Id}/received", $"{Named(told)}{Of(told.Amount("amount"))} came in, for no invoice yet."));
        return Normalization.Of(facts);
    }

    public static Normalization Refunded(ZohoRecord told)
    {
        if (told.Data["amount_refunded"].Decimal() is not > 0) return told.Ignored("nothing of it was refunded");
        var person = ZohoCustomer.Of(told.Data);
        var refunded = told.Amount("amount_refunded");
        var key = $"payments/{told.Id}/refunded/{ZohoInvoices.Written(refunded)}";
        if (told.Data["invoices"].Items().ToList() is not [var invoice])
            return Normalization.Of([Note(told, person, key, $"{ZohoInvoices.Written(refunded) ?? "Money"} of {Named(told).ToLowerInvariant()} went back.")]);
        return Normalization.Of(key, new OrderRefunded
        {
            OccurredAt = told.At,
            TimeBasis = told.Basis,
            Person = person,
            Source = told.Source,
            OrderId = invoice["invoice_id"].RequiredId(),
            RefundId = $"payments/{told.Id}",
            Amount = refunded,
        });
    }

    // A credit note that names no invoice is taken off what the customer is worth all the same.
    public static Normalization Credited(ZohoRecord told)
    {
        if (told.Status is "draft" or "void") return told.Ignored("it is a draft or void");
        var total = told.Amount("total");
        return Normalization.Of($"creditnotes/{told.Id}/{ZohoInvoices.Written(total)}", new OrderRefunded
        {
            OccurredAt = told.At,
            TimeBasis = told.Basis,
            Person = ZohoCustomer.Of(told.Data),
            Source = told.Source,
            OrderId = told.Data["invoice_id"].Id() ?? $"creditnotes/{told.Id}",
            RefundId = $"creditnotes/{told.Id}",
            Amount = total,
            Reason = told.Data["creditnote_number"].Text() is { } number ? $"credit note {number}" : null,
        });
    }

    private static Fact PartPaid(ZohoRecord told, Person person, Payload invoice, string id)
    {
        var open = Amounts.Major(invoice["balance_amount"], told.Data["currency_code"]);
        return Note(told, person, $"payments/{told.Id}/invoices/{id}", $"{ZohoInvoices.Written(Applied(told, invoice)) ?? "A part"} of invoice {invoice["invoice_number"].Text() ?? id} was paid{(open is null ? "" : $", {ZohoInvoices.Written(open)} is open")}.");
    }

    private static string Named(ZohoRecord told) => $"Payment {told.Data["payment_number"].Text() ?? told.Id}";

    private static string Of(Money? money) => money is null ? "" : $" of {ZohoInvoices.Written(money)}";

    private static Money? Applied(ZohoRecord told, Payload invoice) => Amounts.Major(invoice["amount_applied"], told.Data["currency_code"]);

    private static Fact Note(ZohoRecord told, Person person, string key, string text) =>
        new(key, new NoteAdded { OccurredAt = told.At, TimeBasis = told.Basis, Person = person, Source = told.Source, NoteId = $"payment/{told.Id}", Text = text });
}
