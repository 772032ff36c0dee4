using RestEase;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Reads the workspace's lists. All of a list is read by id. What changed since is read from the last change backwards, to the first that is older: there is no filter by it. What changes meanwhile moves to the front, and is read by the next run.</summary>
internal static class ClickFunnelsHistory
{
    private const string Next = "Pagination-Next";

    // The stream, where the API has it, and what one of it is called.
    private static readonly (string Stream, string List, string Type)[] Lists =
    [
        ("contacts", "contacts", ClickFunnelsObjects.Contact),
        ("orders", "orders", ClickFunnelsObjects.Order),
        ("invoices", "orders/invoices", ClickFunnelsObjects.Invoice),
        ("formSubmissions", "form_submissions", ClickFunnelsObjects.FormSubmission),
    ];

    public static IReadOnlyList<string> Streams { get; } = [.. Lists.Select(list => list.Stream)];

    public static async Task<BackfillPage> ReadAsync(BackfillRequest request, string workspace, IClickFunnelsApi api, CancellationToken cancellationToken)
    {
        var (_, list, type) = Array.Find(Lists, known => known.Stream == request.Stream);
        var answer = request.Since is null
            ? await api.ListAsync(workspace, list, null, null, request.Cursor, cancellationToken)
            : await api.ListAsync(workspace, list, "updated_at", "desc", request.Cursor, cancellationToken);
        var listed = answer.GetContent().Items().ToList();
        var wanted = listed.TakeWhile(item => request.Since is not { } since || (item["updated_at"].Time() ?? item["created_at"].Time() ?? since) >= since).ToList();
        return new BackfillPage(
            [.. wanted.Select(item => ClickFunnelsObjects.Of(new ObjectReference(type, item["id"].RequiredId()), item))],
            listed.Count > 0 && wanted.Count == listed.Count ? Behind(answer) : null);
    }

    private static string? Behind(Response<Payload> answer) =>
        answer.ResponseMessage.Headers.TryGetValues(Next, out var values) && PayloadText.Clean(values.First()) is { } id ? id : null;
}
