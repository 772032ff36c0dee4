using System.Text.Json;

namespace IntegrationHub.Connectors;

/// <summary>Reads one member of a JSON body without parsing the rest into memory: for delivery ids, which are needed before the body is trusted to be well-formed.</summary>
public static class JsonPeek
{
    /// <summary>The text of a top-level member, or null when it is absent, blank or not a text, or the body up to it is not JSON.</summary>
    public static string? Text(ReadOnlySpan<byte> body, string member)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Payload.MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals(member);
                if (!reader.Read()) return null;
                if (found) return reader.TokenType is JsonTokenType.String && reader.GetString() is { Length: > 0 } text ? text : null;
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
        return null;
    }
}
