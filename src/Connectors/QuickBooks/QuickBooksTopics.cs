namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>What becomes of each kind of event. Kinds of entities that are nobody we sell to stand under one name each, <c>qbo.vendor.*</c>.</summary>
internal static class QuickBooksTopics
{
    private const string Purchases = "what the company buys, and from whom";
    private const string Bookkeeping = "the company's own bookkeeping";
    private const string LeftOut = "the setting sales leaves them to the tool that tells the same sales";
    private const string Unlinked = "which customer it was for is not told any more";

    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["vendor"] = Purchases,
        ["bill"] = Purchases,
        ["billpayment"] = Purchases,
        ["purchase"] = Purchases,
        ["purchaseorder"] = Purchases,
        ["vendorcredit"] = Purchases,
        ["account"] = Bookkeeping,
        ["budget"] = Bookkeeping,
        ["class"] = Bookkeeping,
        ["currency"] = Bookkeeping,
        ["department"] = Bookkeeping,
        ["deposit"] = Bookkeeping,
        ["item"] = "the catalogue is not kept",
        ["employee"] = "staff are not people we sell to",
        ["timeactivity"] = "staff are not people we sell to",
        ["journalcode"] = Bookkeeping,
        ["journalentry"] = Bookkeeping,
        ["paymentmethod"] = Bookkeeping,
        ["preferences"] = Bookkeeping,
        ["taxagency"] = Bookkeeping,
        ["term"] = Bookkeeping,
        ["transfer"] = Bookkeeping,
    };

    /// <summary>The topic of an event.</summary>
    public static string Of(Payload item)
    {
        var type = QuickBooksEvent.TypeOf(item);
        return type.Split('.') is ["qbo", var entity, _, "v1"] && Others.ContainsKey(entity) ? $"qbo.{entity}.*" : type;
    }

    public static TopicTable Table(QuickBooksSales sales)
    {
        var table = new TopicTable
        {
            { "qbo.customer.created.v1", QuickBooksHooks.Fetch },
            { "qbo.customer.updated.v1", QuickBooksHooks.Fetch },
            { "qbo.customer.deleted.v1", QuickBooksHooks.CustomerDeleted },
            { "qbo.customer.merged.v1", QuickBooksHooks.CustomersMerged },
            { "qbo.invoice.created.v1", QuickBooksHooks.Fetch },
            { "qbo.invoice.updated.v1", QuickBooksHooks.Fetch },
            { "qbo.invoice.emailed.v1", QuickBooksHooks.FetchOperation },
            { "qbo.payment.created.v1", QuickBooksHooks.Fetch },
            { "qbo.payment.updated.v1", QuickBooksHooks.Fetch },
            { "qbo.payment.voided.v1", QuickBooksHooks.FetchOperation },
            { "qbo.payment.deleted.v1", "which invoices it had paid is not told any more; they are told again as they change" },
            { "qbo.payment.emailed.v1", "a confirmation of a payment is no letter to keep" },
            { "qbo.estimate.created.v1", QuickBooksHooks.Fetch },
            { "qbo.estimate.updated.v1", QuickBooksHooks.Fetch },
            { "qbo.estimate.emailed.v1", QuickBooksHooks.FetchOperation },
            { "qbo.estimate.deleted.v1", Unlinked },
        };
        AddSales(table, sales is QuickBooksSales.Count);
        foreach (var (entity, reason) in Others) table.Add($"qbo.{entity}.*", reason);
        return table;
    }

    private static void AddSales(TopicTable table, bool count)
    {
        void Add(string topic, Func<WebhookDelivery, Normalization> reader)
        {
            if (count) table.Add(topic, reader);
            else table.Add(topic, LeftOut);
        }

        Add("qbo.invoice.voided.v1", QuickBooksHooks.FetchOperation);
        Add("qbo.invoice.deleted.v1", QuickBooksHooks.SaleDeleted);
        Add("qbo.salesreceipt.created.v1", QuickBooksHooks.Fetch);
        Add("qbo.salesreceipt.updated.v1", QuickBooksHooks.Fetch);
        Add("qbo.salesreceipt.voided.v1", QuickBooksHooks.FetchOperation);
        Add("qbo.salesreceipt.deleted.v1", QuickBooksHooks.SaleDeleted);
        Add("qbo.salesreceipt.emailed.v1", QuickBooksHooks.FetchOperation);
        foreach (var entity in new[] { QuickBooksEntities.RefundReceipt, QuickBooksEntities.CreditMemo })
        {
            Add($"qbo.{entity}.created.v1", QuickBooksHooks.Fetch);
            Add($"qbo.{entity}.updated.v1", QuickBooksHooks.Fetch);
            Add($"qbo.{entity}.voided.v1", QuickBooksHooks.Fetch);
            table.Add($"qbo.{entity}.deleted.v1", Unlinked);
            table.Add($"qbo.{entity}.emailed.v1", "the paper about money that went back is no letter to keep");
        }
    }
}
