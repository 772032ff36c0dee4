using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>Reads the responses of forms, one form after the other. A response names its questions by ids: the titles are put beside it.</summary>
internal static class GoogleFormsHistory
{
    public const string Responses = "responses";

    /// <summary>What an object of this stream is called.</summary>
    public const string Response = "response";

    public static async Task<BackfillPage> ReadAsync(BackfillRequest request, IReadOnlyList<string> forms, IGoogleFormsApi api, CancellationToken cancellationToken)
    {
        var place = (request.Cursor ?? forms[0]).Split(' ');
        var (form, token) = (place[0], place.Length > 1 ? place[1] : null);
        var filter = request.Since is { } since ? $"timestamp >= {since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : null;
        var page = await api.ResponsesAsync(form, filter, token, cancellationToken);
        var responses = page["responses"].Items().ToList();
        var questions = responses.Count == 0 ? default : Questions(await api.FormAsync(form, cancellationToken));
        return new BackfillPage(
            [.. responses.Select(response => new VendorObject(
                new ObjectReference(Response, $"{form}/{response["responseId"].RequiredText()}"), ObjectBody.Of(("response", response.Raw()), ("form", questions))))],
            page["nextPageToken"].Text() is { } next ? $"{form} {next}" : After(form, forms));
    }

    private static string? After(string form, IReadOnlyList<string> forms) => forms.SkipWhile(other => other != form).Skip(1).FirstOrDefault();

    // What a script tells of a question, and by which ids the answers name it. A grid has one for each row.
    private static ReadOnlyMemory<byte> Questions(Payload form)
    {
        JsonArray items = [];
        foreach (var item in form["items"].Items())
        {
            JsonArray ids = [.. Asked(item).Select(question => (JsonNode?)question["questionId"].RequiredText())];
            if (ids.Count > 0) items.Add((JsonNode)new JsonObject { ["itemId"] = item["itemId"].RequiredText(), ["title"] = item["title"].Text(), ["type"] = TypeOf(item), ["questionIds"] = ids });
        }
        return Encoding.UTF8.GetBytes(new JsonObject { ["formId"] = form["formId"].RequiredText(), ["title"] = form["info"]["title"].Text(), ["items"] = items }.ToJsonString());
    }

    private static IEnumerable<Payload> Asked(Payload item) =>
        item["questionItem"]["question"].IsObject ? [item["questionItem"]["question"]] : item["questionGroupItem"]["questions"].Items();

    // In the words of the script, as far as they make a difference.
    private static string TypeOf(Payload item)
    {
        var question = item["questionItem"]["question"];
        if (item["questionGroupItem"].IsObject) return "GRID";
        if (question["fileUploadQuestion"].IsObject) return "FILE_UPLOAD";
        return question["choiceQuestion"]["type"].Text() is "CHECKBOX" ? "CHECKBOX" : "TEXT";
    }
}
