using System.Text.Json;

namespace IntegrationHub.Connectors;

/// <summary>Reads one member or item of a JSON body without parsing the rest into memory: for delivery ids, which are needed before the body is trusted to be well-formed.</summary>
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

    /// <summary>The text of the first item of a list, as sent; empty when there is none, or the body up to it and what follows it is not JSON.</summary>
    /// <param name="body">JSON.</param>
    /// <param name="isOnly">Whether the list ends after it.</param>
    /// <param name="path">The members that lead to the list; none when the body is the list.</param>
    public static ReadOnlyMemory<byte> FirstItem(ReadOnlyMemory<byte> body, out bool isOnly, params ReadOnlySpan<string> path)
    {
        isOnly = false;
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = Payload.MaxDepth });
        try
        {
            if (!reader.Read()) return default;
            foreach (var member in path)
            {
                if (!Enter(ref reader, member)) return default;
            }
            if (reader.TokenType is not JsonTokenType.StartArray || !reader.Read() || reader.TokenType is JsonTokenType.EndArray) return default;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var item = body[start..(int)reader.BytesConsumed];
            isOnly = reader.Read() && reader.TokenType is JsonTokenType.EndArray;
            return item;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return default;
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
