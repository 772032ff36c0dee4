using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>One invoice. Paid stays paid.</summary>
internal sealed class InvoiceState : EntityState
{
    public Register<string>? Number { get; set; }

    public Register<Money>? Total { get; set; }

    public Register<Money>? PaidAmount { get; set; }

    public Register<DateTimeOffset>? DueAt { get; set; }

    public bool IsPaid { get; set; }

    /// <summary>What it is about: what is owed, or what was paid when that was not told. A credit can make the two differ.</summary>
    public Money? Gross => Total?.Value ?? PaidAmount?.Value;

    public override void Apply(ContactEvent contactEvent, Stamp stamp, string id)
    {
        switch (contactEvent)
        {
            case InvoiceIssued issued:
                Number = Number.Offer(issued.Number, stamp);
                Total = Total.Offer(issued.Total, stamp);
                DueAt = DueAt.Offer(issued.DueAt, stamp);
                break;
            case InvoicePaid paid:
                IsPaid = true;
                Number = Number.Offer(paid.Number, stamp, rank: 1);
                PaidAmount = PaidAmount.Offer(paid.Amount, stamp);
                break;
        }
    }
}
