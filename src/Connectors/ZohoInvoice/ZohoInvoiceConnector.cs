using System.Diagnostics;
using System.Security.Cryptography;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Zoho Invoice: customers and their people, invoices, payments, credit notes, estimates and recurring invoices, as workflow rules send them.</summary>
/// <remarks>
/// Hex HMAC-SHA256 in <c>X-Zoho-Webhook-Signature</c> over all parameters of address and form, sorted, and the raw JSON body. The body names no event:
/// the address of each rule does, <c>?event=invoice.sent</c>. See https://www.zoho.com/billing/kb/webhooks/securing-webhooks.html, read 2026-11-20.
/// </remarks>
[Connector("zoho-invoice", "Zoho Invoice", ConnectorCategory.Accounting)]
public sealed class ZohoInvoiceConnector(ZohoInvoiceSettings settings) : IWebhookSource, IBackfill
{
    private readonly ZohoPeople people = new(settings.ConsentField);
    private readonly ZohoInvoices invoices = new(settings.PromoField);

    internal const string EventParameter = "event";

    /// <inheritdoc/>
    public WebhookAuthentication Authentication { get; } = settings.Proof switch
    {
        ZohoInvoiceProof.Signature => new ParameterHmacAuthentication(settings.WebhookSecret) { Header = "X-Zoho-Webhook-Signature" },
        ZohoInvoiceProof.Address => new TokenAuthentication(settings.WebhookSecret),
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public TopicTable Topics { get; } = Table(new ZohoPeople(settings.ConsentField), new ZohoInvoices(settings.PromoField));

    /// <inheritdoc/>
    public IReadOnlyList<string> KeptParameters { get; } = [EventParameter];

    /// <summary>The form of a webhook offers all three.</summary>
    public IReadOnlyList<string> Methods { get; } = ["POST", "PUT", "DELETE"];

    /// <inheritdoc/>
    public string Topic(WebhookDelivery delivery) => new ZohoRecord(delivery).Topic;

    /// <summary>Zoho has no delivery id. Two rules can send one and the same body, so the event is part of what is hashed.</summary>
    public string? DeliveryId(WebhookRequest request)
    {
        var told = request.Parameters().LastOrDefault(parameter => parameter.Name == EventParameter).Value;
        return $"{told} {Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))}";
    }

    /// <inheritdoc/>
    public ApiAccess? Api { get; } = settings.Access();

    /// <inheritdoc/>
    public IReadOnlyList<string> Streams { get; } = [ZohoHistory.Contacts, ZohoHistory.Invoices, ZohoHistory.Payments];

    /// <inheritdoc/>
    public Task<BackfillPage> ReadAsync(BackfillRequest request, VendorApi api, CancellationToken cancellationToken) =>
        ZohoHistory.ReadAsync(request, api.As<IZohoInvoiceApi>(), cancellationToken);

    /// <summary>A record has the shape of a webhook's default body.</summary>
    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery)
    {
        var told = new ZohoRecord(delivery);
        return what.ObjectType switch
        {
            "contact" => people.Observed(told),
            "invoice" => invoices.Seen(told),
            _ when told.Topic is "payment.refunded" => ZohoPayments.Refunded(told),
            _ => ZohoPayments.Received(told),
        };
    }

    private static TopicTable Table(ZohoPeople people, ZohoInvoices invoices)
    {
        Func<WebhookDelivery, Normalization> Read(Func<ZohoRecord, Normalization> reader) => delivery => reader(new ZohoRecord(delivery));
        return new TopicTable
        {
            { "contact.created", Read(people.Observed) },
            { "contact.updated", Read(people.Observed) },
            { "contact.deleted", Read(ZohoPeople.Deleted) },
            { "invoice.created", Read(invoices.Issued) },
            { "invoice.sent", Read(invoices.Issued) },
            { "invoice.paid", Read(invoices.Paid) },
            { "invoice.overdue", Read(ZohoInvoices.Overdue) },
            { "invoice.void", Read(ZohoInvoices.Voided) },
            { "payment.created", Read(ZohoPayments.Received) },
            { "payment.refunded", Read(ZohoPayments.Refunded) },
            { "creditnote.created", Read(ZohoPayments.Credited) },
            { "estimate.sent", Read(ZohoEstimates.Changed) },
            { "estimate.accepted", Read(ZohoEstimates.Changed) },
            { "estimate.declined", Read(ZohoEstimates.Changed) },
            { "recurring.created", Read(ZohoRecurring.Started) },
            { "recurring.stopped", Read(ZohoRecurring.Stopped) },
        };
    }
}
