using RestEase;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Zoho Invoice's API, version 3. A list tells summaries, a record by its id is what a webhook's default body is. See https://www.zoho.com/invoice/api/v3/, read 2026-11-22.</summary>
public interface IZohoInvoiceApi
{
    /// <summary>Summaries of customers and suppliers, those that were changed last first, 20 a page.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("contacts?filter_by=Status.All&sort_column=last_modified_time&sort_order=D&per_page=20")]
    Task<Payload> ContactsAsync([Query] int page, CancellationToken cancellationToken);

    /// <summary>A customer with its people.</summary>
    [Get("contacts/{id}")]
    Task<Payload> ContactAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>Summaries of invoices, those that were changed last first, 20 a page.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("invoices?sort_column=last_modified_time&sort_order=D&per_page=20")]
    Task<Payload> InvoicesAsync([Query] int page, CancellationToken cancellationToken);

    /// <summary>An invoice.</summary>
    [Get("invoices/{id}")]
    Task<Payload> InvoiceAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>Summaries of payments received, those that were changed last first, 20 a page.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("customerpayments?sort_column=last_modified_time&sort_order=D&per_page=20")]
    Task<Payload> PaymentsAsync([Query] int page, CancellationToken cancellationToken);

    /// <summary>A payment with the invoices that it settles.</summary>
    [Get("customerpayments/{id}")]
    Task<Payload> PaymentAsync([Path] string id, CancellationToken cancellationToken);
}
