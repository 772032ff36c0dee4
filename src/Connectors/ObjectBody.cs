using System.Text.Json;

namespace IntegrationHub.Connectors;

/// <summary>Bodies of objects that a connector puts together from several answers, or from several places of one: what belongs to an object is told with it.</summary>
public static class ObjectBody
{
    /// <summary>An object of these members; those without a value are left out.</summary>
    /// <param name="members">Names, each once, and JSON as the vendor wrote it.</param>
    public static ReadOnlyMemory<byte> Of(params IReadOnlyList<(string Name, ReadOnlyMemory<byte>? Json)> members) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            if (value is not { } json) continue;
            writer.WritePropertyName(name);
            writer.WriteRawValue(json.Span);
        }
        writer.WriteEndObject();
    });

    /// <summary>A list of these values.</summary>
    public static ReadOnlyMemory<byte> ListOf(IEnumerable<Payload> items) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var item in items) writer.WriteRawValue(item.Raw().Span);
        writer.WriteEndArray();
    });

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) write(writer);
        return stream.ToArray();
    }
}
