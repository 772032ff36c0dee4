using System.Text;
using System.Text.Unicode;

namespace IntegrationHub.Connectors;

/// <summary>
/// A read-only view of a form with typed reads by key, brackets included: <c>contact[email]</c>. Blank is unknown and reads as null.
/// The body is <c>application/x-www-form-urlencoded</c>, or <c>multipart/form-data</c> with text parts.
/// </summary>
public sealed class FormPayload
{
    private const int MaxFields = 10_000;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private FormPayload() { }

    /// <summary>Reads a body. Of a repeated key the last value counts.</summary>
    /// <exception cref="PayloadException">It is not a form, not UTF-8, holds a NUL, or has more than 10,000 fields.</exception>
    public static FormPayload Parse(ReadOnlyMemory<byte> body)
    {
        var form = new FormPayload();
        var rest = body.Span;
        if (rest.Trim(" \r\n\t"u8).IsEmpty) throw new PayloadException("form", "is empty");
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'&');
            var pair = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf((byte)'=');
            if (equals < 0) throw new PayloadException("form", "is not key=value pairs joined by &");
            var key = Decode(pair[..equals], "form key");
            form.Set(key, Decode(pair[(equals + 1)..], key));
        }
        return form;
    }

    /// <summary>Reads a body as its <c>Content-Type</c> says: multipart, or urlencoded whatever else it says. Of a repeated key the last value counts.</summary>
    /// <exception cref="PayloadException">It is not a form, not UTF-8, holds a NUL, or has more than 10,000 fields.</exception>
    public static FormPayload Parse(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (contentType is null || !MultipartForm.IsMultipart(contentType)) return Parse(body);
        if (body.Span.Trim(" \r\n\t"u8).IsEmpty) throw new PayloadException("form", "is empty");
        var form = new FormPayload();
        foreach (var (name, value) in MultipartForm.Read(body, contentType))
        {
            if (name.AsSpan().ContainsAny('\0', '\uFFFD')) throw new PayloadException("form", "has a part whose name is not UTF-8 or holds a NUL character");
            form.Set(name, Utf8Text(value.Span, name));
        }
        return form;
    }

    /// <summary>A form of these fields: for connectors whose API tells as JSON what webhooks tell as a form, so that one reader reads both. Of a repeated key the last value counts; null leaves the field out.</summary>
    /// <exception cref="PayloadException">It has more than 10,000 fields.</exception>
    public static FormPayload Of(IEnumerable<(string Key, string? Value)> fields)
    {
        var form = new FormPayload();
        foreach (var (key, value) in fields)
        {
            if (value is not null) form.Set(key, value);
        }
        return form;
    }

    /// <summary>Reads a body like <see cref="Parse(ReadOnlyMemory{byte}, string?)"/>: for delivery ids, which are needed before the body is known to be well-formed.</summary>
    /// <returns>Null where it can't be read.</returns>
    public static FormPayload? Peek(WebhookRequest request)
    {
        try
        {
            return Parse(request.Body, request.Header("Content-Type"));
        }
        catch (PayloadException)
        {
            return null;
        }
    }

    /// <summary>Keys in the order sent.</summary>
    public IReadOnlyCollection<string> Keys => values.Keys;

    /// <summary>A text, trimmed; null when absent or blank.</summary>
    public string? Text(string key) => values.TryGetValue(key, out var value) ? PayloadText.Clean(value) : null;

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string key) => Text(key) ?? throw new PayloadException(key, "is missing");

    /// <summary>A decimal number.</summary>
    public decimal? Decimal(string key) => Text(key) is { } text ? PayloadText.Decimal(text, key) : null;

    /// <summary>A whole number.</summary>
    public long? Integer(string key) => Text(key) is { } text ? PayloadText.Integer(text, key) : null;

    /// <summary>An ISO 8601 time with a zone, in UTC, from 1970 to 2200.</summary>
    public DateTimeOffset? Time(string key) => Text(key) is { } text ? PayloadText.Time(text, key) : null;

    /// <summary>A field whose text is JSON, read as that; its paths begin with the key. Unknown when the field is absent or blank.</summary>
    /// <exception cref="PayloadException">It is not JSON.</exception>
    public Payload Json(string key) => Payload.Parse(Encoding.UTF8.GetBytes(Text(key) ?? "null"), key);

    /// <summary>
    /// The keys under another one, with their values, blank ones left out: of <c>contact[fields]</c>, <c>contact[fields][7]</c> is named <c>7</c>,
    /// and what lies deeper keeps its brackets: <c>contact[fields][7][name]</c> is named <c>7][name</c>.
    /// </summary>
    public IEnumerable<(string Name, string Value)> Under(string key)
    {
        foreach (var (candidate, value) in values)
        {
            if (!candidate.StartsWith(key, StringComparison.Ordinal) || candidate.Length < key.Length + 3) continue;
            if (candidate[key.Length] != '[' || candidate[^1] != ']') continue;
            if (PayloadText.Clean(value) is { } text) yield return (candidate[(key.Length + 1)..^1], text);
        }
    }

    private void Set(string key, string value)
    {
        values[key] = value;
        if (values.Count > MaxFields) throw new PayloadException("form", $"has more than {MaxFields} fields");
    }

    private static string Decode(ReadOnlySpan<byte> encoded, string path)
    {
        var bytes = new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var current = encoded[i];
            if (current == '+') current = (byte)' ';
            else if (current == '%')
            {
                if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit((char)encoded[i + 1]) || !char.IsAsciiHexDigit((char)encoded[i + 2]))
                    throw new PayloadException(path, "holds a broken percent escape");
                current = (byte)((Nibble(encoded[i + 1]) << 4) | Nibble(encoded[i + 2]));
                i += 2;
            }
            bytes[length++] = current;
        }
        return Utf8Text(bytes.AsSpan(0, length), path);
    }

    private static string Utf8Text(ReadOnlySpan<byte> decoded, string path)
    {
        if (!Utf8.IsValid(decoded)) throw new PayloadException(path is "form key" ? "form" : path, "is not UTF-8");
        if (decoded.Contains((byte)0)) throw new PayloadException(path, "holds a NUL character");
        return Encoding.UTF8.GetString(decoded);
    }

    private static int Nibble(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
