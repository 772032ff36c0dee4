using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>Reads a response of the Forms API as the script would have sent it, so that one reader reads both.</summary>
internal static class GoogleFormsResponse
{
    public static GoogleSubmission Read(Payload told)
    {
        var (response, form) = (told["response"], told["form"]);
        var created = ToMilliseconds(response["createTime"].RequiredTime());
        var submitted = response["lastSubmittedTime"].Time() is { } last ? ToMilliseconds(last) : created;
        var body = new JsonObject
        {
            ["form_id"] = form["formId"].RequiredText(),
            ["form_title"] = form["title"].Text(),
            ["response_id"] = response["responseId"].RequiredText(),
            ["edited"] = submitted > created,
            ["respondent_email"] = response["respondentEmail"].Text(),
            ["submitted_at"] = submitted.ToString("O"),
            ["answers"] = new JsonArray([.. form["items"].Items().Select(item => Answer(item, response["answers"])).OfType<JsonNode>()]),
        };
        return GoogleFormResponse.Read(Payload.Parse(Encoding.UTF8.GetBytes(body.ToJsonString())));
    }

    private static JsonObject? Answer(Payload item, Payload answers)
    {
        var type = item["type"].RequiredText();
        List<JsonNode?> rows = [.. item["questionIds"].Items().Select(id => Value(answers[id.RequiredText()], type))];
        if (rows.TrueForAll(row => row is null)) return null;
        return new JsonObject { ["item_id"] = ItemId(item["itemId"]), ["title"] = item["title"].Text(), ["type"] = type, ["value"] = type is "GRID" ? new JsonArray([.. rows]) : rows[0] };
    }

    private static JsonNode? Value(Payload answer, string type)
    {
        if (type is "FILE_UPLOAD") return List(answer["fileUploadAnswers"]["answers"].Items().Select(file => file["fileId"].Text()));
        var values = answer["textAnswers"]["answers"].Items().Select(value => value["value"].Text()).OfType<string>().ToList();
        return type is "CHECKBOX" ? List(values) : values.Count > 1 ? List(values) : values.Count == 1 ? JsonValue.Create(values[0]) : null;
    }

    private static JsonArray? List(IEnumerable<string?> values) => values.Any() ? [.. values.Select(value => (JsonNode?)value)] : null;

    // The API writes in hexadecimal what the script has as a number.
    private static string ItemId(Payload id) =>
        long.TryParse(id.RequiredText(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : throw id.Not("a number in hexadecimal");

    // The script's times end at milliseconds.
    private static DateTimeOffset ToMilliseconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
