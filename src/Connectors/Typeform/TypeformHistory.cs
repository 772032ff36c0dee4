using System.Globalization;
using System.Text.Json;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>Reads responses form by form. The list tells the answers alone: the form's questions and endings are put into each object, where the webhooks have them.</summary>
internal sealed class TypeformHistory(IEnumerable<string> forms, ITypeformApi api)
{
    public const string Responses = "responses";
    public const string PartialResponses = "partial_responses";

    /// <summary>The type of an object that was submitted.</summary>
    public const string Complete = "response";

    /// <summary>The type of an object that was left before the end.</summary>
    public const string Partial = "partial_response";

    private const int PageSize = 100;

    // The list may lack the responses of the last half hour.
    private static readonly TimeSpan Lag = TimeSpan.FromHours(1);

    private readonly List<string> forms = [.. forms.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>A cursor is the form, and where in it the page begins: a time or a token. A form that is configured no longer is passed over.</summary>
    public async Task<BackfillPage> ReadAsync(BackfillRequest request, CancellationToken cancellationToken)
    {
        var (wanted, place) = Split(request.Cursor ?? "");
        if (forms.Find(candidate => string.CompareOrdinal(candidate, wanted) >= 0) is not { } form) return new BackfillPage([], null);
        if (form != wanted) place = null;
        var since = (request.Since - Lag)?.ToUnixTimeSeconds();
        var page = request.Stream == PartialResponses
            ? await ShownAsync(form, api.PartialAsync(form, since, place, cancellationToken))
            : await ShownAsync(form, api.CompletedAsync(form, place is null ? since : long.Parse(place, CultureInfo.InvariantCulture), cancellationToken));
        var responses = page["items"].Items().ToList();
        var next = responses.Count == PageSize
            ? $"{form} {(request.Stream == PartialResponses ? responses[^1]["token"].RequiredId() : Submitted(responses[^1]))}"
            : forms.Find(candidate => string.CompareOrdinal(candidate, form) > 0);
        var objects = responses.Count == 0 ? [] : await WholeAsync(form, request.Stream == PartialResponses ? Partial : Complete, responses, cancellationToken);
        return new BackfillPage(objects, next) { Total = forms.Count == 1 && place is null ? page["total_items"].Integer() : null };
    }

    private async Task<IReadOnlyList<VendorObject>> WholeAsync(string form, string type, List<Payload> responses, CancellationToken cancellationToken)
    {
        var definition = await ShownAsync(form, api.FormAsync(form, cancellationToken));
        return [.. responses.Select(response => new VendorObject(new ObjectReference(type, $"{form}/{response["token"].RequiredId()}"), Whole(form, definition, response)))];
    }

    // In the shape of a webhook's form_response.
    private static ReadOnlyMemory<byte> Whole(string form, Payload definition, Payload response)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("form_id", form);
            foreach (var (name, value) in response.Members().Where(member => member.Name is not ("form_id" or "definition"))) Write(writer, name, value);
            writer.WriteStartObject("definition");
            Write(writer, "title", definition["title"]);
            Write(writer, "fields", definition["fields"]);
            Write(writer, "endings", definition["thankyou_screens"]);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, Payload value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.Raw().Span);
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
            throw new VendorException(VendorFault.Refused, $"Typeform shows this token no form \"{form}\" (404); correct it in forms, or take it out");
        }
    }

    private static string Submitted(Payload response) => response["submitted_at"].RequiredTime().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static (string Form, string? Place) Split(string cursor) => cursor.Split(' ') is [var form, var place] ? (form, place) : (cursor, null);
}
