using System.Globalization;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>Reads the members of audiences, one audience after the other, each by the last change.</summary>
internal sealed class MailchimpHistory(MailchimpSettings settings, IMailchimpApi api)
{
    public const string Members = "members";
    private const string All = "-";
    private const int PageSize = 250;

    public async Task<BackfillPage> ReadAsync(BackfillRequest request, CancellationToken cancellationToken)
    {
        var lists = await ListsAsync(cancellationToken);
        if (lists.Count == 0) return new BackfillPage([], null);
        var place = request.Cursor is { } cursor ? Place.Of(cursor) : new Place(lists[0], Begin(request), 0);
        var page = await api.MembersAsync(place.List, place.Since == All ? null : place.Since, Key(request.Until), place.Offset, cancellationToken);
        var members = page["members"].Items().ToList();
        var interests = await MailchimpInterests.OfAsync(place.List, members, api, cancellationToken);
        return new BackfillPage(
            [.. members.Select(member => MailchimpObjects.Whole(new ObjectReference(MailchimpObjects.Member, $"{place.List}/{member["web_id"].RequiredId()}"), member, interests))],
            Next(request, lists, place, members)?.ToString())
        { Total = request.Cursor is null && lists.Count == 1 ? page["total_items"].Integer() : null };
    }

    // A member that changes while they are paged leaves its place and shifts those behind it: each page begins at the last change that the one before it showed.
    private static Place? Next(BackfillRequest request, IReadOnlyList<string> lists, Place place, List<Payload> members)
    {
        if (members.Count < PageSize)
            return lists.FirstOrDefault(list => string.CompareOrdinal(list, place.List) > 0) is { } list ? new Place(list, Begin(request), 0) : null;
        var last = Key(members[^1]["last_changed"].RequiredTime().AddSeconds(-1));
        return place.Since == All || string.CompareOrdinal(last, place.Since) > 0 ? new Place(place.List, last, 0) : place with { Offset = place.Offset + PageSize };
    }

    // Audiences that are named are those whose webhooks come here.
    private async Task<IReadOnlyList<string>> ListsAsync(CancellationToken cancellationToken)
    {
        var lists = settings.Audiences.Count > 0 ? settings.Audiences.Keys : (await api.ListsAsync(cancellationToken))["lists"].Items().Select(list => list["id"].RequiredText());
        return [.. lists.Order(StringComparer.Ordinal)];
    }

    // Whether the bound itself is taken in is not told: a second earlier leaves no doubt.
    private static string Begin(BackfillRequest request) => request.Since is { } since ? Key(since.AddSeconds(-1)) : All;

    private static string Key(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Where a page begins: an audience, a time or all, and how many of that time are read already.</summary>
    private sealed record Place(string List, string Since, long Offset)
    {
        public static Place Of(string cursor)
        {
            var parts = cursor.Split(' ');
            return new Place(parts[0], parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture));
        }

        public override string ToString() => $"{List} {Since} {Offset}";
    }
}
