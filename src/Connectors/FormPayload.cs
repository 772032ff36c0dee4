using System.Text;
using System.Text.Unicode;

namespace IntegrationHub.Connectors;

/// <summary>A read-only view of an <c>application/x-www-form-urlencoded</c> body with typed reads by key, brackets included: <c>contact[email]</c>. Blank is unknown and reads as null.</summary>
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
            form.values[key] = Decode(pair[(equals + 1)..], key);
            if (form.values.Count > MaxFields) throw new PayloadException("form", $"has more than {MaxFields} fields");
        }
        return form;
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
        var decoded = bytes.AsSpan(0, length);
        if (!Utf8.IsValid(decoded)) throw new PayloadException(path is "form key" ? "form" : path, "is not UTF-8");
        if (decoded.Contains((byte)0)) throw new PayloadException(path, "holds a NUL character");
        return Encoding.UTF8.GetString(decoded);
    }

    private static int Nibble(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
