using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>Reads invitees, contacts and routing form submissions page by page.</summary>
internal sealed class CalendlyHistory(CalendlySettings settings, ICalendlyApi api)
{
    public const string Invitees = "invitees";
    public const string Contacts = "contacts";
    public const string Submissions = "routing_form_submissions";

    // Meetings are found by their start alone. A no-show is marked, and a meeting called off, some days after it at most.
    private static readonly TimeSpan Aftermath = TimeSpan.FromDays(7);

    public static IReadOnlyList<string> Streams { get; } = [Invitees, Contacts, Submissions];

    public Task<BackfillPage> ReadAsync(BackfillRequest request, CancellationToken cancellationToken) => request.Stream switch
    {
        Invitees => InviteesAsync(request, cancellationToken),
        Contacts => ContactsAsync(request, cancellationToken),
        _ => SubmissionsAsync(request, cancellationToken),
    };

    private async Task<BackfillPage> InviteesAsync(BackfillRequest request, CancellationToken cancellationToken)
    {
        var from = (request.Since - Aftermath)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var page = await api.MeetingsAsync(settings.Organization, settings.User, from, request.Cursor, cancellationToken);
        List<VendorObject> seats = [];
        foreach (var meeting in page["collection"].Items()) seats.AddRange(await SeatsAsync(meeting, cancellationToken));
        return new BackfillPage(seats, Next(page));
    }

    private async Task<IReadOnlyList<VendorObject>> SeatsAsync(Payload meeting, CancellationToken cancellationToken)
    {
        List<VendorObject> seats = [];
        var trail = new PageTrail();
        string? token = null;
        do
        {
            var page = await api.InviteesAsync(CalendlyUri.Id(meeting["uri"].RequiredText()), token, cancellationToken);
            seats.AddRange(page["collection"].Items().Select(invitee => Seat(invitee, meeting)));
            token = trail.Follow(Next(page));
        }
        while (token is not null);
        return seats;
    }

    // A contact that changes moves to the front, so that it hides none of those behind it.
    private async Task<BackfillPage> ContactsAsync(BackfillRequest request, CancellationToken cancellationToken)
    {
        var page = await api.ContactsAsync(request.Cursor, cancellationToken);
        var (contacts, isPast) = Recent(page, "updated_at", request.Since);
        return new BackfillPage([.. contacts.Select(contact => Object("contact", contact))], isPast ? null : Next(page));
    }

    /// <summary>A cursor is the form, and the token of the page within it.</summary>
    private async Task<BackfillPage> SubmissionsAsync(BackfillRequest request, CancellationToken cancellationToken)
    {
        var forms = await FormsAsync(cancellationToken);
        var (wanted, token) = Split(request.Cursor ?? "");
        if (forms.Find(candidate => string.CompareOrdinal(candidate, wanted) >= 0) is not { } form) return new BackfillPage([], null);
        var page = await api.SubmissionsAsync(form, form == wanted ? token : null, cancellationToken);
        var (submissions, isPast) = Recent(page, "created_at", request.Since);
        var next = !isPast && Next(page) is { } more ? $"{form} {more}" : forms.Find(candidate => string.CompareOrdinal(candidate, form) > 0);
        return new BackfillPage([.. submissions.Select(submission => Object("routing_form_submission", submission))], next);
    }

    private async Task<List<string>> FormsAsync(CancellationToken cancellationToken)
    {
        List<string> forms = [];
        var trail = new PageTrail();
        string? token = null;
        do
        {
            var page = await api.RoutingFormsAsync(settings.Organization ?? "", token, cancellationToken);
            forms.AddRange(page["collection"].Items().Select(form => form["uri"].RequiredText()));
            token = trail.Follow(Next(page));
        }
        while (token is not null);
        forms.Sort(StringComparer.Ordinal);
        return forms;
    }

    // Of a list that tells the latest first: those since a time, and whether it has come to earlier ones.
    private static (List<Payload> Items, bool IsPast) Recent(Payload page, string time, DateTimeOffset? since)
    {
        var all = page["collection"].Items().ToList();
        var recent = all.Where(item => since is null || item[time].RequiredTime() >= since).ToList();
        return (recent, recent.Count < all.Count);
    }

    private static VendorObject Object(string type, Payload value) => new(type, CalendlyUri.Id(value["uri"].RequiredText()), value);

    // In the shape of a webhook's payload: the invitee with the meeting around it.
    private static VendorObject Seat(Payload invitee, Payload meeting)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in invitee.Members().Where(member => member.Name != "scheduled_event").Append(("scheduled_event", meeting)))
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value.Raw().Span);
            }
            writer.WriteEndObject();
        }
        return new VendorObject(new ObjectReference("invitee", $"{CalendlyUri.Id(meeting["uri"].RequiredText())}/{CalendlyUri.Id(invitee["uri"].RequiredText())}"), stream.ToArray());
    }

    private static string? Next(Payload page) => page["pagination"]["next_page_token"].Text();

    private static (string Form, string? Token) Split(string cursor) => cursor.Split(' ') is [var form, var token] ? (form, token) : (cursor, null);
}
