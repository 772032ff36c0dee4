using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace IntegrationHub.Connectors;

/// <summary>
/// The only door to JSON: a read-only view of one value with typed reads. Absent, null and blank are one and the same, unknown,
/// and read as null; a value of the wrong type is an error that names its path. Nothing is guessed: texts that look like dates stay texts.
/// </summary>
public sealed class Payload
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    private readonly JsonElement element;
    private readonly Payload? parent;
    private readonly string? name;
    private readonly int index;
    private JsonDocument? document;

    private Payload(JsonElement element, Payload? parent, string? name, int index)
    {
        this.element = element;
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /// <summary>Reads a body.</summary>
    /// <param name="body">The whole text.</param>
    /// <param name="root">What paths begin with.</param>
    /// <exception cref="PayloadException">It is not UTF-8, not JSON, nested too deep, or holds a NUL or half a character anywhere.</exception>
    public static Payload Parse(ReadOnlyMemory<byte> body, string root = "$")
    {
        var utf8 = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (!Utf8.IsValid(utf8.Span)) throw new PayloadException(root, $"is not UTF-8 at byte {FirstInvalidByte(utf8.Span)}");
        try
        {
            var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var whole = new Payload(document.RootElement, null, root, 0) { document = document };
            if (utf8.Span.IndexOf("\\u"u8) >= 0 && !HasWholeCharacters(utf8.Span)) whole.RequireWholeCharacters();
            return whole;
        }
        catch (JsonException exception)
        {
            throw new PayloadException(root, $"is not JSON that can be read: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}"
                + (exception.Message.StartsWith("The maximum configured depth", StringComparison.Ordinal) ? $" is nested deeper than {MaxDepth}" : ""));
        }
    }

    /// <summary>Where this value stands, for example <c>$.customer.emails[0]</c>.</summary>
    public string Path => parent is null ? name ?? "$" : name is null ? $"{parent.Path}[{index}]" : $"{parent.Path}.{name}";

    /// <summary>Whether there is a value, and it is not null.</summary>
    public bool Exists => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Whether the value is an object; some vendors send an empty array where an object is missing.</summary>
    public bool IsObject => element.ValueKind is JsonValueKind.Object;

    /// <summary>Whether the value is a text, blank or not.</summary>
    public bool IsText => element.ValueKind is JsonValueKind.String;

    /// <summary>Whether the value is a list.</summary>
    public bool IsList => element.ValueKind is JsonValueKind.Array;

    /// <summary>A member. Of anything but an object it is unknown.</summary>
    public Payload this[string member] =>
        new(element.ValueKind is JsonValueKind.Object && element.TryGetProperty(member, out var value) ? value : default, this, member, 0);

    /// <summary>The items of a list; none when it is unknown.</summary>
    /// <exception cref="PayloadException">It is something else.</exception>
    public IEnumerable<Payload> Items()
    {
        if (!Exists) return [];
        if (!IsList) throw Not("a list");
        return Enumerate();

        IEnumerable<Payload> Enumerate()
        {
            var position = 0;
            foreach (var item in element.EnumerateArray()) yield return new Payload(item, this, null, position++);
        }
    }

    /// <summary>The members of an object in the order sent; none when it is unknown.</summary>
    /// <exception cref="PayloadException">It is something else.</exception>
    public IEnumerable<(string Name, Payload Value)> Members()
    {
        if (!Exists) return [];
        if (!IsObject) throw Not("an object");
        return Enumerate();

        IEnumerable<(string, Payload)> Enumerate()
        {
            foreach (var member in element.EnumerateObject()) yield return (member.Name, new Payload(member.Value, this, member.Name, 0));
        }
    }

    /// <summary>A text, trimmed; null when unknown or blank.</summary>
    public string? Text() => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => PayloadText.Clean(element.GetString()),
        _ => throw Not("a text"),
    };

    /// <summary>A text that must be there.</summary>
    public string RequiredText() => Text() ?? throw Missing();

    /// <summary>Any single value as text: a text, a number as written, true or false; null when unknown or blank.</summary>
    public string? Scalar() => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => Text(),
    };

    /// <summary>An id, sent as a text or as a whole number below 2^63.</summary>
    public string? Id()
    {
        if (element.ValueKind is not JsonValueKind.Number) return Text();
        return element.TryGetInt64(out var number) ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : throw Not("a whole number below 2^63");
    }

    /// <summary>An id that must be there.</summary>
    public string RequiredId() => Id() ?? throw Missing();

    /// <summary>A decimal, sent as a number or as text.</summary>
    public decimal? Decimal() => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetDecimal(out var number) ? number : throw Not("a decimal number that can be held"),
        _ => Text() is { } text ? PayloadText.Decimal(text, Path) : null,
    };

    /// <summary>A whole number, sent as a number or as text.</summary>
    public long? Integer() => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetInt64(out var number) ? number : throw Not("a whole number below 2^63"),
        _ => Text() is { } text ? PayloadText.Integer(text, Path) : null,
    };

    /// <summary>True or false.</summary>
    public bool? Flag() => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Not("true or false"),
    };

    /// <summary>An ISO 8601 time with a zone, in UTC, from 1970 to 2200.</summary>
    public DateTimeOffset? Time()
    {
        if (Text() is not { } text) return null;
        if (!PayloadText.HasZone(text) || !element.TryGetDateTimeOffset(out var time)) return PayloadText.Time(text, Path);
        return PayloadText.Plausible(time, Path);
    }

    /// <summary>A time that must be there.</summary>
    public DateTimeOffset RequiredTime() => Time() ?? throw Missing();

    /// <summary>A time in Unix seconds, in UTC, from 1970 to 2200.</summary>
    public DateTimeOffset? EpochSeconds() => Integer() is { } seconds ? PayloadText.EpochSeconds(seconds, Path) : null;

    /// <summary>A time in Unix seconds that must be there.</summary>
    public DateTimeOffset RequiredEpochSeconds() => EpochSeconds() ?? throw Missing();

    /// <summary>A calendar date <c>yyyy-MM-dd</c>.</summary>
    public DateOnly? Date() => Text() is { } text ? PayloadText.Date(text, Path) : null;

    /// <summary>The value as it was written, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Raw() => Encoding.UTF8.GetBytes(Exists ? element.GetRawText() : "null");

    /// <summary>The error that something which must be there is not.</summary>
    public PayloadException Missing() => new(Path, "is missing");

    /// <summary>The error that the value is not what it should be.</summary>
    public PayloadException Not(string expected) => new(Path, $"is not {expected}");

    /// <summary>Gives back the memory that the view of a whole body takes. Nothing of it can be read any more.</summary>
    internal void Release() => document?.Dispose();

    private static bool HasWholeCharacters(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped && reader.GetString() is { } text && text.Contains('\0', StringComparison.Ordinal)) return false;
            }
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // Says where they are not.
    private void RequireWholeCharacters()
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                RequireWholeCharacters(() => element.GetString());
                break;
            case JsonValueKind.Array:
                foreach (var item in Items()) item.RequireWholeCharacters();
                break;
            case JsonValueKind.Object:
                var position = 0;
                foreach (var member in element.EnumerateObject())
                {
                    new Payload(default, this, null, position++).RequireWholeCharacters(() => member.Name);
                    new Payload(member.Value, this, member.Name, 0).RequireWholeCharacters();
                }
                break;
        }
    }

    private void RequireWholeCharacters(Func<string?> read)
    {
        string? text;
        try
        {
            text = read();
        }
        catch (InvalidOperationException)
        {
            throw new PayloadException(Path, "holds half a character (a lone surrogate)");
        }
        if (text is not null && text.Contains('\0', StringComparison.Ordinal)) throw new PayloadException(Path, "holds a NUL character");
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(bytes[position..], out _, out var consumed) is System.Buffers.OperationStatus.Done) position += consumed;
        return position;
    }
}
