using System.Globalization;
using RestEase;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Reads orders and customers page by page.</summary>
internal static class WooCommerceHistory
{
    public const string Customers = "customers";
    public const string Orders = "orders";
    private const int PageSize = 100;

    public static Task<BackfillPage> ReadAsync(BackfillRequest request, IWooCommerceApi api, CancellationToken cancellationToken) =>
        request.Stream == Orders ? OrdersAsync(request, api, cancellationToken) : CustomersAsync(request, api, cancellationToken);

    // An order that changes while it is paged moves to the end and shifts those behind it: each page begins at the last change that the one before it showed.
    private static async Task<BackfillPage> OrdersAsync(BackfillRequest request, IWooCommerceApi api, CancellationToken cancellationToken)
    {
        var (since, page) = Position(request);
        var answer = await api.OrdersAsync(since, page, cancellationToken);
        var orders = answer.GetContent().Items().ToList();
        string? next = null;
        if (orders.Count == PageSize)
        {
            var last = Key(WooCommerceTime.Modified(orders[^1]).AddSeconds(-1));
            next = string.CompareOrdinal(last, since ?? "") > 0 ? $"{last} 1" : $"{since} {page + 1}";
        }
        return new BackfillPage([.. orders.Select(order => new VendorObject("order", order["id"].RequiredId(), order))], next) { Total = page == 1 && request.Cursor is null ? Total(answer) : null };
    }

    private static async Task<BackfillPage> CustomersAsync(BackfillRequest request, IWooCommerceApi api, CancellationToken cancellationToken)
    {
        var page = int.Parse(request.Cursor ?? "1", CultureInfo.InvariantCulture);
        var answer = await api.CustomersAsync(page, cancellationToken);
        var customers = answer.GetContent().Items().ToList();
        return new BackfillPage(
            [.. customers.Where(customer => request.Since is not { } since || WooCommerceTime.Modified(customer) >= since).Select(customer => new VendorObject("customer", customer["id"].RequiredId(), customer))],
            customers.Count == PageSize ? (page + 1).ToString(CultureInfo.InvariantCulture) : null)
        { Total = Total(answer) };
    }

    private static (string? Since, int Page) Position(BackfillRequest request)
    {
        if (request.Cursor is not { } cursor) return (request.Since is { } since ? Key(since.AddSeconds(-1)) : null, 1);
        var parts = cursor.Split(' ');
        return (parts[0].Length > 0 ? parts[0] : null, int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static string Key(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static long? Total(Response<Payload> answer) =>
        answer.ResponseMessage.Headers.TryGetValues("X-WP-Total", out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : null;
}
