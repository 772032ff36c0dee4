using System.Text.Json;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>A submission as the API tells it, its answers put into the shape of a webhook: one reader for both.</summary>
internal static class JotformObject
{
    /// <summary>The answers under the names that a webhook gives them, in the order of the form.</summary>
    public static Payload Request(Payload submission)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (id, answer) in Answered(submission)) Write(writer, id, answer);
            // A webhook tells files under the bare name, and beside them the number.
            writer.WriteStartObject("temp_upload");
            foreach (var (id, answer) in Answered(submission).Where(IsUpload)) writer.WriteNull(Key(id, answer));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return Payload.Parse(stream.ToArray());
    }

    /// <summary>The questions by the names that a webhook gives them; it tells none itself.</summary>
    public static IReadOnlyDictionary<string, string> Questions(Payload submission)
    {
        var questions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, answer) in Answered(submission))
        {
            if (answer["text"].Text() is { } question) questions[Key(id, answer)] = question;
        }
        return questions;
    }

    // An answer of a payment field holds what the payment provider sent: it is not documented, and not taken along.
    private static IEnumerable<(string Id, Payload Answer)> Answered(Payload submission) => submission["answers"].Members()
        .Where(member => member.Name.All(char.IsAsciiDigit) && member.Value["name"].Exists && member.Value["answer"].Exists && !member.Value["answer"]["paymentArray"].Exists)
        .OrderBy(member => member.Value["order"].Integer() ?? long.MaxValue);

    private static string Key(string id, Payload answer) => $"q{id}_{answer["name"].RequiredText()}";

    private static bool IsUpload((string Id, Payload Answer) field) => field.Answer["type"].Text() is "control_fileupload";

    private static void Write(Utf8JsonWriter writer, string id, Payload answer)
    {
        writer.WritePropertyName(IsUpload((id, answer)) ? answer["name"].RequiredText() : Key(id, answer));
        // A webhook holds the picture, the API its address.
        if (answer["type"].Text() is "control_signature" && answer["answer"].Text() is not null) writer.WriteStringValue("data:image/png");
        else writer.WriteRawValue(answer["answer"].Raw().Span);
    }
}
