using System.Text.Json;

namespace IntegrationHub.Connectors;

/// <summary>Reads one member of a JSON body without parsing the rest into memory: for delivery ids, which are needed before the body is trusted to be well-formed.</summary>
public static class JsonPeek
{
    /// <summary>The text of a top-level member as sent; null when it is absent, blank, not a text or holds a NUL, or the body up to it is not JSON.</summary>
    public static string? Text(ReadOnlySpan<byte> body, string member)
    {
        var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body, new JsonReaderOptions { MaxDepth = Payload.MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals(member);
                if (!reader.Read()) return null;
                if (found) return reader.TokenType is JsonTokenType.String ? Given(reader.GetString()) : null;
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
        return null;
    }

    // No database keeps a NUL in a text.
    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal) ? null : text;
}
