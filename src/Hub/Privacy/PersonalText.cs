using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace IntegrationHub.Hub.Privacy;

/// <summary>Finds e-mail addresses and phone numbers in what tools sent: in any case, and plain, escaped as in JSON, encoded as in forms and addresses, or one in the other.</summary>
internal sealed class PersonalText(IEnumerable<string> values)
{
    private const int MaxDepth = 2;

    private readonly string[] wanted = [.. values.Select(value => value.Trim()).Where(value => value.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
    private SearchValues<string>? search;

    /// <summary>Whether one of the values stands in the text.</summary>
    public bool IsIn(ReadOnlySpan<byte> utf8) => IsIn(Encoding.UTF8.GetString(utf8));

    /// <inheritdoc cref="IsIn(ReadOnlySpan{byte})"/>
    public bool IsIn(string text) => wanted.Length > 0 && IsIn(text, MaxDepth);

    private bool IsIn(string text, int depth)
    {
        if (Stands(text)) return true;
        if (depth == 0) return false;
        if (text.Contains('\\', StringComparison.Ordinal) && IsIn(Unescape(text), depth - 1)) return true;
        return text.AsSpan().ContainsAny('%', '+') && IsIn(WebUtility.UrlDecode(text), depth - 1);
    }

    private bool Stands(string text)
    {
        search ??= SearchValues.Create(wanted, StringComparison.OrdinalIgnoreCase);
        for (int at = 0, next; (next = text.AsSpan(at).IndexOfAny(search)) >= 0; at++)
        {
            at += next;
            if (Array.Exists(wanted, value => StandsAlone(text, at, value))) return true;
        }
        return false;
    }

    // a@example.com does not stand in maria@example.com, nor a phone number in a longer one.
    private static bool StandsAlone(string text, int at, string value) =>
        text.AsSpan(at).StartsWith(value, StringComparison.OrdinalIgnoreCase)
        && (at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '.' or '_' or '-'))
        && (at + value.Length >= text.Length || !char.IsLetterOrDigit(text[at + value.Length]));

    /// <summary>A text with the escapes of JSON replaced, wherever they stand.</summary>
    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }
            i++;
            if (text[i] == 'u' && i + 4 < text.Length && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                plain.Append((char)unit);
                i += 4;
            }
            else
            {
                plain.Append(text[i] is 'n' or 't' or 'r' or 'b' or 'f' ? ' ' : text[i]);
            }
        }
        return plain.ToString();
    }
}
