using System.Globalization;

namespace IntegrationHub.VendorStub;

/// <summary>Answers with a list in pages. The list may change between two pages, as a vendor's does.</summary>
public static class Pages
{
    /// <summary>Pages by their number.</summary>
    /// <param name="items">The whole list, as it is when a page is asked for.</param>
    /// <param name="size">Items of a page; a smaller number in the parameter <paramref name="limit"/> counts.</param>
    /// <param name="body">The answer that holds a page; <c>{"items": …, "next": …}</c> when left out.</param>
    /// <param name="page">The parameter with the number; without it the first page is meant.</param>
    /// <param name="limit">The parameter with the number of items.</param>
    public static Response ByNumber<T>(IReadOnlyList<T> items, int size, Func<Page<T>, object>? body = null, string page = "page", string limit = "limit") =>
        Of(items, size, limit, body, (request, count) => (Number(request, page, 1) - 1) * count, (next, count) => (next / count) + 1);

    /// <summary>Pages by how many items are skipped.</summary>
    /// <inheritdoc cref="ByNumber{T}"/>
    public static Response ByOffset<T>(IReadOnlyList<T> items, int size, Func<Page<T>, object>? body = null, string offset = "offset", string limit = "limit") =>
        Of(items, size, limit, body, (request, _) => Number(request, offset, 0), (next, _) => next);

    /// <summary>Pages by the token of the page before.</summary>
    /// <inheritdoc cref="ByNumber{T}"/>
    public static Response ByCursor<T>(IReadOnlyList<T> items, int size, Func<Page<T>, object>? body = null, string cursor = "cursor", string limit = "limit") =>
        Of(items, size, limit, body, (request, _) => request.Query.TryGetValue(cursor, out var token) ? Position(token) : 0, (next, _) => $"after-{next}");

    private static Response Of<T>(IReadOnlyList<T> items, int size, string limit, Func<Page<T>, object>? body, Func<LoggedRequest, int, int?> position, Func<int, int, object> token) =>
        Response.Create().WithCallback(request =>
        {
            var count = Math.Min(size, Number(request, limit, size) ?? 0);
            if (count < 1 || position(request, count) is not { } start || start < 0) return Response.Create().WithStatusCode(400).WithBodyAsJson(new { error = "no such page" });
            List<T> part = [.. items.Skip(start).Take(count)];
            var end = start + part.Count;
            var page = new Page<T>(part, end < items.Count ? token(end, count).ToString() : null, items.Count);
            return Response.Create().WithBodyAsJson(body?.Invoke(page) ?? new { items = page.Items, next = page.Next });
        });

    private static int? Number(LoggedRequest request, string name, int usual)
    {
        if (!request.Query.TryGetValue(name, out var text)) return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static int? Position(string token) =>
        token.StartsWith("after-", StringComparison.Ordinal) && int.TryParse(token["after-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
}

/// <summary>A page of a list.</summary>
/// <param name="Items">Its items.</param>
/// <param name="Next">Number, offset or token of the next page; null on the last one.</param>
/// <param name="Total">Items of the whole list.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, int Total);
