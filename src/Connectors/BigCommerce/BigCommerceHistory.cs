using System.Globalization;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Reads customers, subscribers and orders page by page.</summary>
internal static class BigCommerceHistory
{
    public const string Customers = "customers";
    public const string Subscribers = "subscribers";
    public const string Orders = "orders";
    private const int LargePage = 250;
    private const int OrderPage = 100;

    public static Task<BackfillPage> ReadAsync(BackfillRequest request, IBigCommerceApi store, CancellationToken cancellationToken) => request.Stream switch
    {
        Customers => CustomersAsync(request, store, cancellationToken),
        Subscribers => SubscribersAsync(request, store, cancellationToken),
        _ => OrdersAsync(request, store, cancellationToken),
    };

    private static async Task<BackfillPage> CustomersAsync(BackfillRequest request, IBigCommerceApi store, CancellationToken cancellationToken)
    {
        var (since, page) = Position(request);
        var answer = await store.CustomersAsync(since, page, cancellationToken);
        var customers = answer["data"].Items().ToList();
        return new BackfillPage(
            [.. customers.Select(customer => new VendorObject(BigCommerceObjects.Customer, customer["id"].RequiredId(), customer))],
            Next(customers, LargePage, since, page))
        { Total = request.Cursor is null ? answer["meta"]["pagination"]["total"].Integer() : null };
    }

    // Subscribers come by id, and one that changes keeps its place: numbered pages skip none.
    private static async Task<BackfillPage> SubscribersAsync(BackfillRequest request, IBigCommerceApi store, CancellationToken cancellationToken)
    {
        var page = int.Parse(request.Cursor ?? "1", CultureInfo.InvariantCulture);
        var answer = await store.SubscribersAsync(request.Since is { } since ? From(since) : null, page, cancellationToken);
        var subscribers = answer["data"].Items().ToList();
        return new BackfillPage(
            [.. subscribers.Select(subscriber => new VendorObject(BigCommerceObjects.Subscriber, subscriber["id"].RequiredId(), subscriber))],
            subscribers.Count == LargePage ? (page + 1).ToString(CultureInfo.InvariantCulture) : null)
        { Total = request.Cursor is null ? answer["meta"]["pagination"]["total"].Integer() : null };
    }

    private static async Task<BackfillPage> OrdersAsync(BackfillRequest request, IBigCommerceApi store, CancellationToken cancellationToken)
    {
        var (since, page) = Position(request);
        var orders = (await store.OrdersAsync(since, page, cancellationToken)).Items().ToList();
        List<VendorObject> objects = [];
        foreach (var order in orders)
            objects.Add(await BigCommerceObjects.WholeAsync(new ObjectReference(BigCommerceObjects.Order, order["id"].RequiredId()), order, store, cancellationToken));
        return new BackfillPage(objects, Next(orders, OrderPage, since, page));
    }

    // An object that changes while it is paged moves to the end and shifts those behind it: each page begins at the last change that the one before it showed.
    private static string? Next(List<Payload> items, int pageSize, string? since, int page)
    {
        if (items.Count < pageSize) return null;
        var last = From(BigCommerceTime.Modified(items[^1]));
        return string.CompareOrdinal(last, since ?? "") > 0 ? $"{last} 1" : $"{since} {page + 1}";
    }

    private static (string? Since, int Page) Position(BackfillRequest request)
    {
        if (request.Cursor is not { } cursor) return (request.Since is { } since ? From(since) : null, 1);
        var parts = cursor.Split(' ');
        return (parts[0].Length > 0 ? parts[0] : null, int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    // Whether the bound itself is taken in is not told everywhere: a second earlier leaves no doubt.
    private static string From(DateTimeOffset time) => time.UtcDateTime.AddSeconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
