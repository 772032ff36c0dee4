using System.Collections.Frozen;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>Kinds of entities, by the names that webhooks and API use.</summary>
internal static class QuickBooksEntities
{
    public const string Customer = "customer";
    public const string Invoice = "invoice";
    public const string Payment = "payment";
    public const string SalesReceipt = "salesreceipt";
    public const string RefundReceipt = "refundreceipt";
    public const string CreditMemo = "creditmemo";
    public const string Estimate = "estimate";

    /// <summary>Operations that an entity does not show itself: they go with the reference, <c>invoice_emailed</c>, and their time with the id.</summary>
    public const string Emailed = "emailed";
    public const string Voided = "voided";

    /// <summary>What a query must say to see inactive customers as well.</summary>
    public const string AllCustomers = "Active in (true, false) and ";

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Customer] = "Customer",
        [Invoice] = "Invoice",
        [Payment] = "Payment",
        [SalesReceipt] = "SalesReceipt",
        [RefundReceipt] = "RefundReceipt",
        [CreditMemo] = "CreditMemo",
        [Estimate] = "Estimate",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is read of history, in the words of streams.</summary>
    public static IReadOnlyDictionary<string, string> OfStreams { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["customers"] = Customer,
        ["invoices"] = Invoice,
        ["salesreceipts"] = SalesReceipt,
        ["refundreceipts"] = RefundReceipt,
        ["creditmemos"] = CreditMemo,
        ["estimates"] = Estimate,
    };

    /// <summary>The kind of entity that a reference points at.</summary>
    public static string Of(ObjectReference reference) => reference.ObjectType.Split('_')[0];

    /// <summary>The name in bodies and queries of the API.</summary>
    public static string NameOf(string entity) => Names[entity];
}
