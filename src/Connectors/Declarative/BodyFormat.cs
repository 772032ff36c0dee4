using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>How a vendor writes its bodies. A form is read as an object of texts.</summary>
internal sealed class BodyFormat
{
    /// <summary>The formats there are.</summary>
    public static readonly IReadOnlyList<string> Names = ["json", "form"];

    private const string FormType = "application/x-www-form-urlencoded";

    private readonly bool readsJson;
    private readonly bool readsForm;
    private readonly IReadOnlyCollection<string> jsonFields;

    private BodyFormat(bool readsJson, bool readsForm, IReadOnlyCollection<string> jsonFields) =>
        (this.readsJson, this.readsForm, this.jsonFields) = (readsJson, readsForm, jsonFields);

    /// <summary>JSON, whatever the content type says.</summary>
    public static BodyFormat Json { get; } = new(readsJson: true, readsForm: false, []);

    /// <summary>Content type of a made-up body.</summary>
    public string ContentType => readsForm && !readsJson ? FormType : "application/json";

    /// <summary>Reads <c>body</c> and <c>jsonFields</c> of a declaration.</summary>
    public static BodyFormat Read(JToken? body, JToken? jsonFields, DeclarationErrors errors)
    {
        var names = errors.Texts(body);
        foreach (var (name, at) in names.Where(name => !Names.Contains(name.Text, StringComparer.Ordinal)))
            errors.Add(at, $"is not a format of bodies{SettingsBinder.Suggestion(name, Names)}");
        var (json, form) = (names.Any(name => name.Text == "json"), names.Any(name => name.Text == "form"));
        if (jsonFields is not null && !form) errors.Add(jsonFields, "has a meaning for forms alone");
        return new BodyFormat(json || !form, form, [.. errors.Texts(jsonFields).Select(field => field.Text)]);
    }

    /// <exception cref="PayloadException">It can't be read.</exception>
    public Payload Parse(ReadOnlyMemory<byte> body, string? contentType)
    {
        var isForm = readsForm && (!readsJson || string.Equals(contentType?.Split(';')[0].Trim(), FormType, StringComparison.OrdinalIgnoreCase));
        return isForm ? OfForm(FormPayload.Parse(body)) : Payload.Parse(body);
    }

    /// <summary>Whether a made-up body of this content type is written as a form.</summary>
    public bool WritesForm(string contentType) => readsForm && contentType.StartsWith(FormType, StringComparison.OrdinalIgnoreCase);

    private Payload OfForm(FormPayload form)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var key in form.Keys)
            {
                if (form.Text(key) is not { } text) continue;
                writer.WritePropertyName(key);
                if (jsonFields.Contains(key, StringComparer.Ordinal)) WriteJson(writer, key, text);
                else writer.WriteStringValue(text);
            }
            writer.WriteEndObject();
        }
        return Payload.Parse(stream.ToArray());
    }

    private static void WriteJson(Utf8JsonWriter writer, string key, string text)
    {
        try
        {
            writer.WriteRawValue(text);
        }
        catch (JsonException exception)
        {
            throw new PayloadException($"$.{key}", $"is not JSON that can be read: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
        }
    }
}
