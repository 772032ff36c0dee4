using System.Globalization;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Reads customers, invoices and payments, the last change first: there is no filter by it, so that reading ends at the first one that is older. A record that changes meanwhile moves to the front and shifts others to the next page: read twice rather than passed over.</summary>
internal static class ZohoHistory
{
    public const string Contacts = "contacts";
    public const string Invoices = "invoices";
    public const string Payments = "customerpayments";

    public static Task<BackfillPage> ReadAsync(BackfillRequest request, IZohoInvoiceApi api, CancellationToken cancellationToken) => request.Stream switch
    {
        Contacts => ReadAsync(request, new ZohoStream("contacts", "contact", api.ContactsAsync, api.ContactAsync), cancellationToken),
        Invoices => ReadAsync(request, new ZohoStream("invoices", "invoice", api.InvoicesAsync, api.InvoiceAsync), cancellationToken),
        _ => ReadAsync(request, new ZohoStream("customerpayments", "payment", api.PaymentsAsync, api.PaymentAsync), cancellationToken),
    };

    private static async Task<BackfillPage> ReadAsync(BackfillRequest request, ZohoStream stream, CancellationToken cancellationToken)
    {
        var number = int.Parse(request.Cursor ?? "1", CultureInfo.InvariantCulture);
        var page = await stream.List(number, cancellationToken);
        var listed = page[stream.Listed].Items().ToList();
        var wanted = listed.TakeWhile(summary => request.Since is not { } since || ChangedBy(summary) >= since).ToList();
        List<VendorObject> objects = [];
        foreach (var summary in wanted.Where(summary => summary["contact_type"].Text() is not "vendor"))
        {
            if (await WholeAsync(stream, summary, cancellationToken) is { } whole) objects.Add(whole);
        }
        var isLast = wanted.Count < listed.Count || page["page_context"]["has_more_page"].Flag() is not true;
        return new BackfillPage(objects, isLast ? null : (number + 1).ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<VendorObject?> WholeAsync(ZohoStream stream, Payload summary, CancellationToken cancellationToken)
    {
        var id = summary[$"{stream.Root}_id"].RequiredId();
        try
        {
            var answer = await stream.Whole(id, cancellationToken);
            return new VendorObject(new ObjectReference(stream.Root, id), ObjectBody.Of((stream.Root, answer[stream.Root].Raw())));
        }
        catch (VendorException exception) when (exception.Fault is VendorFault.NotFound)
        {
            // Deleted since it was listed.
            return null;
        }
    }

    // A summary that tells a date alone may have changed up to the end of that day, wherever the organization is.
    private static DateTimeOffset ChangedBy(Payload summary) =>
        ZohoTime.Read(summary["last_modified_time"]) ?? ZohoTime.Read(summary["created_time"])
        ?? (summary["date"].Date() is { } day ? new DateTimeOffset(day.AddDays(2), TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MaxValue);

    /// <summary>A kind of records: where the list has them, where an answer has one, and the calls.</summary>
    private sealed record ZohoStream(string Listed, string Root, Func<int, CancellationToken, Task<Payload>> List, Func<string, CancellationToken, Task<Payload>> Whole);
}
