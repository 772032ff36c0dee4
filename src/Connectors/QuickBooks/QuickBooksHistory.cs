using System.Globalization;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>
/// Reads one kind of entity. What changed lately comes from Intuit's change data capture, which knows deletions and ends at 1,000 objects without a further page.
/// Where that is reached, and for all that is older, queries go by the last change; then the capture is asked again for shorter and shorter windows.
/// </summary>
internal static class QuickBooksHistory
{
    private const int PageSize = 1000;

    // The capture reaches 30 days back.
    private static readonly TimeSpan Reach = TimeSpan.FromDays(29);
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMinutes(1);

    public static async Task<BackfillPage> ReadAsync(BackfillRequest request, IQuickBooksApi company, CancellationToken cancellationToken)
    {
        var entity = QuickBooksEntities.OfStreams[request.Stream];
        var parts = request.Cursor?.Split(' ');
        if (parts is ["query", var last, var start]) return await QueryAsync(request, entity, last, int.Parse(start, CultureInfo.InvariantCulture), company, cancellationToken);
        if (parts is ["changes", var from]) return await ChangesAsync(request, entity, DateTimeOffset.Parse(from, CultureInfo.InvariantCulture), company, cancellationToken);
        return IsRecent(request)
            ? await ChangesAsync(request, entity, request.Since!.Value, company, cancellationToken)
            : await QueryAsync(request, entity, From(request.Since ?? DateTimeOffset.UnixEpoch.AddSeconds(1)), 1, company, cancellationToken);
    }

    private static bool IsRecent(BackfillRequest request) => request.Since is { } since && request.Until - since <= Reach;

    private static async Task<BackfillPage> ChangesAsync(BackfillRequest request, string entity, DateTimeOffset from, IQuickBooksApi company, CancellationToken cancellationToken)
    {
        var name = QuickBooksEntities.NameOf(entity);
        var answer = await company.ChangesAsync(name, QuickBooksTime.Key(from), cancellationToken);
        var changed = answer["CDCResponse"].Items().SelectMany(part => part["QueryResponse"].Items()).SelectMany(part => part[name].Items()).ToList();
        var objects = await ObjectsAsync(entity, changed, company, cancellationToken);
        if (changed.Count < PageSize) return new BackfillPage(objects, null);
        var isFirst = request.Cursor is null;
        var half = from + ((request.Until - from) / 2);
        if (isFirst) return new BackfillPage(objects, $"query {From(from)} 1");
        return new BackfillPage(objects, request.Until - from > ShortestWindow ? $"changes {QuickBooksTime.Key(half)}" : null);
    }

    private static async Task<BackfillPage> QueryAsync(BackfillRequest request, string entity, string since, int start, IQuickBooksApi company, CancellationToken cancellationToken)
    {
        var name = QuickBooksEntities.NameOf(entity);
        var condition = entity == QuickBooksEntities.Customer ? QuickBooksEntities.AllCustomers : "";
        var query = $"select * from {name} where {condition}MetaData.LastUpdatedTime > '{since}' orderby MetaData.LastUpdatedTime startposition {start} maxresults {PageSize}";
        var found = (await company.QueryAsync(query, cancellationToken))["QueryResponse"][name].Items().ToList();
        var objects = await ObjectsAsync(entity, found, company, cancellationToken);
        if (found.Count == PageSize) return new BackfillPage(objects, Next(found, since, start));
        // Only the capture knows deletions: of a window that held too much, the younger half.
        return new BackfillPage(objects, IsRecent(request) ? $"changes {QuickBooksTime.Key(request.Since!.Value + ((request.Until - request.Since.Value) / 2))}" : null);
    }

    // What changes while it is paged moves to the end and shifts what is behind it: each page begins at the last change that the one before it showed.
    private static string Next(List<Payload> found, string since, int start)
    {
        var last = From(QuickBooksTime.Changed(found[^1]));
        return string.CompareOrdinal(last, since) > 0 ? $"query {last} 1" : $"query {since} {start + PageSize}";
    }

    private static async Task<IReadOnlyList<VendorObject>> ObjectsAsync(string entity, IReadOnlyList<Payload> found, IQuickBooksApi company, CancellationToken cancellationToken)
    {
        List<(ObjectReference Reference, Payload Body)> read = [.. found.Select(one => (new ObjectReference(entity, one["Id"].RequiredId()), one))];
        if (entity == QuickBooksEntities.Customer) return [.. read.Select(one => new VendorObject(one.Reference, one.Body.Raw()))];
        return await QuickBooksObjects.WithBuyersAsync(read, company, cancellationToken);
    }

    // A second earlier than the last: several changes can share one.
    private static string From(DateTimeOffset time) => time.UtcDateTime.AddSeconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
