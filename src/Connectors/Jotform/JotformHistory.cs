using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>Reads submissions form by form, each page behind the last id of the one before: new submissions shift nothing.</summary>
internal sealed class JotformHistory(JotformSettings settings, IJotformApi api)
{
    public const string Submissions = "submissions";
    public const string Edits = "edits";

    /// <summary>What the hub adds to a submission: the title of its form.</summary>
    public const string FormTitle = "form_title";

    private const int PageSize = 100;

    private readonly List<string> forms = [.. settings.Forms.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Streams { get; } = [Submissions, Edits];

    /// <summary>A cursor is the form, and within it the ids that are still to come. A form that is configured no longer is passed over.</summary>
    public async Task<BackfillPage> ReadAsync(BackfillRequest request, CancellationToken cancellationToken)
    {
        var (wanted, place) = Split(request.Cursor ?? "");
        if (forms.Find(candidate => string.CompareOrdinal(candidate, wanted) >= 0) is not { } form) return new BackfillPage([], null);
        var page = await ShownAsync(form, api.SubmissionsAsync(form, Filter(request, form == wanted ? place : null), cancellationToken));
        var submissions = page["content"].IsList ? page["content"].Items().ToList() : [];
        var next = submissions.Count == PageSize ? $"{form} {Behind(submissions)}" : forms.Find(candidate => string.CompareOrdinal(candidate, form) > 0);
        if (submissions.Count == 0) return new BackfillPage([], next);
        var title = (await ShownAsync(form, api.FormAsync(form, cancellationToken)))["content"]["title"];
        return new BackfillPage([.. submissions.Select(submission => Whole(submission, title))], next);
    }

    // Newest first or oldest first, the page itself tells which.
    private static string Behind(List<Payload> submissions)
    {
        var (first, last) = (submissions[0]["id"].RequiredId(), submissions[^1]["id"].RequiredId());
        var isDescending = first.Length == last.Length ? string.CompareOrdinal(first, last) > 0 : first.Length > last.Length;
        return $"{(isDescending ? "lt" : "gt")} {last}";
    }

    private string? Filter(BackfillRequest request, string? place)
    {
        var changed = request.Stream == Edits ? "updated_at" : "created_at";
        List<string> conditions = [];
        if (request.Since is { } since) conditions.Add($"\"{changed}:gt\":\"{JotformClock.Write(since.AddSeconds(-1), settings.ApiTimeZone)}\"");
        else if (request.Stream == Edits) conditions.Add("\"updated_at:gt\":\"2000-01-01 00:00:00\"");
        if (place?.Split(' ') is [var direction, var id]) conditions.Add($"\"id:{direction}\":\"{id}\"");
        return conditions.Count == 0 ? null : $"{{{string.Join(',', conditions)}}}";
    }

    private static VendorObject Whole(Payload submission, Payload title)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in submission.Members().Where(member => member.Name != FormTitle).Append((FormTitle, title)))
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value.Raw().Span);
            }
            writer.WriteEndObject();
        }
        return new VendorObject(new ObjectReference("submission", submission["id"].RequiredId()), stream.ToArray());
    }

    // A form that is gone holds up those behind it until somebody has looked: it may as well be a wrong id.
    private static async Task<Payload> ShownAsync(string form, Task<Payload> call)
    {
        try
        {
            return await call;
        }
        catch (VendorException exception) when (exception.Fault is VendorFault.NotFound)
        {
            throw new VendorException(VendorFault.Refused, $"Jotform shows this key no form {form} (404); correct it in forms, or take it out");
        }
    }

    private static (string Form, string? Place) Split(string cursor) =>
        cursor.IndexOf(' ', StringComparison.Ordinal) is var end and > 0 ? (cursor[..end], cursor[(end + 1)..]) : (cursor, null);
}
