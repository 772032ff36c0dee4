using System.Text.Json;

namespace IntegrationHub.Connectors;

/// <summary>Reads one member of a JSON body without parsing the rest into memory: for delivery ids, which are needed before the body is trusted to be well-formed.</summary>
public static class JsonPeek
{
    /// <summary>The text at a path of members as sent; null when it is absent, blank, not a text or holds a NUL, or the body up to it is not JSON.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="path">The member of the body, the member of that one, and so on.</param>
    public static string? Text(ReadOnlySpan<byte> body, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body, new JsonReaderOptions { MaxDepth = Payload.MaxDepth });
        try
        {
            if (!reader.Read()) return null;
            foreach (var member in path)
            {
                if (!Enter(ref reader, member)) return null;
            }
            return reader.TokenType is JsonTokenType.String ? Given(reader.GetString()) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool Enter(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType is not JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(member);
            if (!reader.Read()) return false;
            if (found) return true;
            reader.Skip();
        }
        return false;
    }

    // No database keeps a NUL in a text.
    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal) ? null : text;
}
