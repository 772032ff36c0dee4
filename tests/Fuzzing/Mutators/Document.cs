using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IntegrationHub.Fuzzing.Mutators;

/// <summary>A place in a document, as offsets of bytes.</summary>
/// <param name="Name">Its name; empty where it has none that can be changed.</param>
/// <param name="Value">What it says.</param>
/// <param name="Whole">Name and value with what belongs to them: what goes when it goes.</param>
internal sealed record Part(Span Name, Span Value, Span Whole);

/// <summary>From an offset to below another one.</summary>
internal readonly record struct Span(int Start, int End)
{
    public int Length => End - Start;

    public bool Contains(Span other) => Start <= other.Start && other.End <= End;
}

/// <summary>Bytes that have a structure: JSON, a form of either kind, or XML. It is found by looking at them, and kept as offsets, so that a change can leave everything else as it was, and need not keep the rules of the format.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="Parts">Its places, one at least.</param>
/// <param name="Format">How it is written.</param>
internal sealed record Document(byte[] Bytes, IReadOnlyList<Part> Parts, Format Format)
{
    /// <summary>The bytes as a document, or null when they have no structure that is known.</summary>
    public static Document? Of(byte[] bytes)
    {
        var trimmed = bytes.AsSpan().TrimStart(" \r\n\t"u8);
        if (trimmed.IsEmpty) return null;
        var format = trimmed[0] switch
        {
            (byte)'{' or (byte)'[' => Format.Json,
            (byte)'<' => Format.Xml,
            (byte)'-' when trimmed.StartsWith("--"u8) => Format.Multipart,
            _ when trimmed.Contains((byte)'=') => Format.Form,
            _ => null,
        };
        return format?.Parts(bytes) is { Count: > 0 } parts ? new Document(bytes, parts, format) : null;
    }

    public byte[] With(Span place, ReadOnlySpan<byte> by) => ByteMutator.Replace(Bytes, place.Start, place.End, by);

    public byte[] With(Span place, string by) => With(place, Encoding.Latin1.GetBytes(by));

    /// <summary>The bytes of a place, a letter for each.</summary>
    public string Raw(Span place) => Encoding.Latin1.GetString(Bytes, place.Start, place.Length);

    /// <summary>A part without what parts it from its neighbour, taken out.</summary>
    public byte[] Without(Part part)
    {
        var (start, end) = part.Whole;
        if (Format.Separator is not { } separator) return With(part.Whole, []);
        var after = Bytes.AsSpan(end..);
        var rest = after.TrimStart(" \r\n\t"u8);
        if (!rest.IsEmpty && rest[0] == separator) return With(new Span(start, end + (after.Length - rest.Length) + 1), []);
        var before = Bytes.AsSpan(..start).TrimEnd(" \r\n\t"u8);
        return With(new Span(!before.IsEmpty && before[^1] == separator ? before.Length - 1 : start, end), []);
    }
}

/// <summary>How a kind of document is written.</summary>
internal sealed partial class Format
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Format(Func<byte[], List<Part>> parts, Func<string, string> write, Func<string, string> read) => (Parts, Write, Read) = (parts, write, read);

    public static Format Json { get; } = new(JsonParts, text => Bytewise(JsonSerializer.Serialize(text, Relaxed)), ReadJson) { Separator = (byte)',', Literals = StrangeValues.Literals, Wrapping = [("[", "]"), ("{\"a\":", "}"), ("[0,", "]")] };

    public static Format Form { get; } = new(FormParts, Uri.EscapeDataString, text => Uri.UnescapeDataString(text.Replace('+', ' '))) { Separator = (byte)'&', Literals = ["%", "%zz", "%00", "%c3", "+", "a=b", "%ed%a0%80"], Wrapping = [("[", "]"), ("%5B", "%5D")] };

    public static Format Multipart { get; } = new(MultipartParts, Bytewise, Told) { Literals = ["\0", "\r\n--", "\r\n\r\n"], Wrapping = [("[", "]")] };

    public static Format Xml { get; } = new(XmlParts, text => Bytewise(text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)), Told) { Literals = ["<a/>", "&x;", "&#0;", "<![CDATA[x]]>", "<!-- -->", "<a"], Wrapping = [("<a>", "</a>")] };

    /// <summary>Finds the places.</summary>
    public Func<byte[], List<Part>> Parts { get; }

    /// <summary>A text as a value, a letter for each byte.</summary>
    public Func<string, string> Write { get; }

    /// <summary>The text that the bytes of a value say.</summary>
    public Func<string, string> Read { get; }

    /// <summary>What stands between parts; null for nothing.</summary>
    public byte? Separator { get; private init; }

    /// <summary>Values as they are written, right and wrong ones.</summary>
    public required IReadOnlyList<string> Literals { get; init; }

    /// <summary>What can stand around a value, any number of times.</summary>
    public required IReadOnlyList<(string Before, string After)> Wrapping { get; init; }

    private static string Bytewise(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Told(string bytewise) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytewise));

    private static string ReadJson(string value)
    {
        if (value is not ['"', ..]) return Told(value);
        try
        {
            return JsonSerializer.Deserialize<string>(Told(value)) ?? "";
        }
        catch (JsonException)
        {
            return Told(value);
        }
    }

    private static List<Part> JsonParts(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 20_000 });
        List<Part> parts = [];
        Stack<(Span Name, int Start)> open = [];
        Span name = default;
        try
        {
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                if (reader.TokenType is JsonTokenType.PropertyName)
                {
                    name = new Span(start, start + reader.ValueSpan.Length + 2);
                    continue;
                }
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) open.Push((name, start));
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) (name, start) = open.Pop();
                if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) parts.Add(PartOf(name, new Span(start, (int)reader.BytesConsumed)));
                name = default;
            }
        }
        catch (JsonException)
        {
            // As far as it goes.
        }
        return parts;
    }

    private static Part PartOf(Span name, Span value) => new(name, value, new Span(name.Length > 0 ? name.Start : value.Start, value.End));

    private static List<Part> FormParts(byte[] bytes)
    {
        List<Part> parts = [];
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'&') is var found and >= 0 ? found : bytes.Length - start;
            var equals = bytes.AsSpan(start, length).IndexOf((byte)'=');
            if (equals >= 0) parts.Add(new Part(new Span(start, start + equals), new Span(start + equals + 1, start + length), new Span(start, start + length)));
            start += length + 1;
        }
        return parts;
    }

    private static List<Part> MultipartParts(byte[] bytes) =>
        [.. PartOfForm().Matches(Encoding.Latin1.GetString(bytes)).Select(match => new Part(At(match.Groups["name"]), At(match.Groups["value"]), At(match)))];

    private static List<Part> XmlParts(byte[] bytes) =>
        [.. Element().Matches(Encoding.Latin1.GetString(bytes)).Select(match => new Part(default, At(match.Groups["value"]), At(match.Groups["whole"])))];

    private static Span At(Capture capture) => new(capture.Index, capture.Index + capture.Length);

    [GeneratedRegex("""--[^\r\n]+\r\nContent-Disposition: form-data; name="(?<name>[^"]*)"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n(?<value>.*?)\r\n(?=--)""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PartOfForm();

    // An element that holds only text, an attribute, or an element with all it holds.
    [GeneratedRegex("""(?<whole><(?<tag>[\w:]+)(?:\s[^<>]*)?>(?<value>[^<>]*)</\k<tag>>)|(?<whole>\s[\w:]+="(?<value>[^"<>]*)")|(?=(?<whole><(?<tag>[\w:]+)(?:\s[^<>]*)?>(?<value><.*?)</\k<tag>>))""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Element();
}
