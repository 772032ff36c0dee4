using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>Writes the body of one simulated delivery.</summary>
internal sealed class TypeformSimulatedResponse(SimulatedForm form, string eventId, string token)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required DateTimeOffset LandedAt { get; init; }

    /// <summary>Null in a partial response.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    public IReadOnlyList<(string Name, string Value)> Hidden { get; init; } = [];

    /// <summary>Score of a quiz; null elsewhere.</summary>
    public int? Score { get; init; }

    /// <summary>The answers: the question's ref, the answer's type, and a writer of its value.</summary>
    public required IReadOnlyList<(string Question, string Type, Action<Utf8JsonWriter, SimulatedQuestion> Value)> Answers { get; init; }

    public static (string, string, Action<Utf8JsonWriter, SimulatedQuestion>) Text(string question, string type, string value) =>
        (question, type, (json, _) => json.WriteStringValue(value));

    public static (string, string, Action<Utf8JsonWriter, SimulatedQuestion>) Number(string question, int value) =>
        (question, "number", (json, _) => json.WriteNumberValue(value));

    public static (string, string, Action<Utf8JsonWriter, SimulatedQuestion>) Flag(string question, bool value) =>
        (question, "boolean", (json, _) => json.WriteBooleanValue(value));

    public static (string, string, Action<Utf8JsonWriter, SimulatedQuestion>) Choice(string question, int choice) => (question, "choice", (json, asked) =>
    {
        json.WriteStartObject();
        json.WriteString("id", SimulatedForm.ChoiceId(asked, choice));
        json.WriteString("label", asked.Choices[choice]);
        json.WriteString("ref", $"{asked.Ref}_{choice + 1}");
        json.WriteEndObject();
    });

    public static (string, string, Action<Utf8JsonWriter, SimulatedQuestion>) Choices(string question, params int[] choices) => (question, "choices", (json, asked) =>
    {
        json.WriteStartObject();
        Write("ids", choice => SimulatedForm.ChoiceId(asked, choice));
        Write("labels", choice => asked.Choices[choice]);
        Write("refs", choice => $"{asked.Ref}_{choice + 1}");
        json.WriteEndObject();

        void Write(string name, Func<int, string> read)
        {
            json.WriteStartArray(name);
            foreach (var choice in choices) json.WriteStringValue(read(choice));
            json.WriteEndArray();
        }
    });

    public static (string, string, Action<Utf8JsonWriter, SimulatedQuestion>) Payment(string question, string amount, string name, bool success) => (question, "payment", (json, _) =>
    {
        json.WriteStartObject();
        json.WriteString("amount", amount);
        json.WriteString("last4", "4242");
        json.WriteString("name", name);
        json.WriteBoolean("success", success);
        json.WriteEndObject();
    });

    public ReadOnlyMemory<byte> Body()
    {
        var buffer = new ArrayBufferWriter<byte>(6 * 1024);
        using var json = new Utf8JsonWriter(buffer, Readable);
        json.WriteStartObject();
        json.WriteString("event_id", eventId);
        json.WriteString("event_type", SubmittedAt is null ? "form_response_partial" : "form_response");
        json.WriteStartObject("form_response");
        json.WriteString("form_id", form.Id);
        json.WriteString("token", token);
        json.WriteString("landed_at", Written(LandedAt));
        if (SubmittedAt is { } submitted) json.WriteString("submitted_at", Written(submitted));
        WriteHidden(json);
        WriteScore(json);
        form.Write(json);
        json.WriteStartArray("answers");
        foreach (var (question, type, value) in Answers) WriteAnswer(json, form.Question(question), type, value);
        json.WriteEndArray();
        if (SubmittedAt is not null) WriteEnding(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteHidden(Utf8JsonWriter json)
    {
        if (Hidden.Count == 0) return;
        json.WriteStartObject("hidden");
        foreach (var (name, value) in Hidden) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private void WriteScore(Utf8JsonWriter json)
    {
        if (Score is not { } score) return;
        json.WriteStartObject("calculated");
        json.WriteNumber("score", score);
        json.WriteEndObject();
        json.WriteStartArray("variables");
        json.WriteStartObject();
        json.WriteString("key", "score");
        json.WriteString("type", "number");
        json.WriteNumber("number", score);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteEnding(Utf8JsonWriter json)
    {
        json.WriteStartObject("ending");
        json.WriteString("id", form.EndingId);
        json.WriteString("ref", form.EndingRef);
        json.WriteEndObject();
    }

    private static void WriteAnswer(Utf8JsonWriter json, SimulatedQuestion question, string type, Action<Utf8JsonWriter, SimulatedQuestion> value)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WritePropertyName(type);
        value(json, question);
        json.WriteStartObject("field");
        json.WriteString("id", question.Id);
        json.WriteString("type", question.Type);
        json.WriteString("ref", question.Ref);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Written(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
