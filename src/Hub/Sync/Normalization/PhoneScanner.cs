using System.Buffers;
using System.Globalization;
using System.Text;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>Takes a written phone number apart: its digits as ASCII, whether a plus leads them, the extension behind them.</summary>
internal ref struct PhoneScanner(Span<char> buffer)
{
    /// <summary>Room for the longest number (15), an international prefix and a carrier's code.</summary>
    public const int MaxDigits = 24;

    private const int MaxInput = 200;
    private const int MaxExtension = 7;
    private const int MaxPausedExtension = 6;

    private static readonly SearchValues<char> AsciiFormatting = SearchValues.Create(" \t-()[]./~'_");

    /// <summary>Full-width ( ) [ ] . / ~, middle dot, bullet, minus sign, long vowel mark, tilde, apostrophe.</summary>
    private static readonly SearchValues<char> OtherFormatting = SearchValues.Create("\uFF08\uFF09\uFF3B\uFF3D\uFF0E\uFF0F\uFF5E·•\u2212ー\u223C’");

    private static readonly string[] Schemes = ["tel:", "callto:", "sms:", "whatsapp:"];

    /// <summary>The longer label before the shorter one with which it begins.</summary>
    private static readonly string[] ExtensionLabels =
        ["extension", "extn", "ext", "x", "×", "#", "durchwahl", "dw", "poste", "int", "anexo", "ramal", "доб", "内線"];

    private readonly Span<char> buffer = buffer;
    private int count;

    public bool HasPlus { get; private set; }

    /// <summary>The digits behind <c>ext.</c>, <c>x</c>, <c>#</c>, a pause or <c>;ext=</c>.</summary>
    public string? Extension { get; private set; }

    /// <summary>Why the text is no phone number; null when it may be one.</summary>
    public string? Refusal { get; private set; }

    public readonly ReadOnlySpan<char> Digits => buffer[..count];

    public void Scan(string raw)
    {
        if (raw.Length > MaxInput)
        {
            Refusal = "too long for a phone number";
            return;
        }

        var text = WithoutScheme(Invisible.Trim(raw));
        for (var at = 0; at < text.Length && Refusal is null; at++)
        {
            if (text[at] is '+' or '\uFF0B' or '\uFE62')
                AddPlus();
            else if (DigitAt(text, ref at) is { } digit)
                AddDigit(digit);
            else if (!IsFormatting(text[at]))
            {
                ScanTail(text[at..]);
                return;
            }
        }
    }

    private static ReadOnlySpan<char> WithoutScheme(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsAsciiLetter(text[0]))
            return text;
        foreach (var scheme in Schemes)
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                return text[scheme.Length..];
        return text;
    }

    private void AddPlus()
    {
        if (count > 0)
            Refusal = "a plus inside the number, or more than one number";
        HasPlus = true;
    }

    private void AddDigit(char digit)
    {
        if (count == MaxDigits)
            Refusal = "too many digits";
        else
            buffer[count++] = digit;
    }

    /// <summary>The decimal digit of any script; one outside the BMP moves <paramref name="at"/> to its second half.</summary>
    private static char? DigitAt(ReadOnlySpan<char> text, ref int at)
    {
        var c = text[at];
        if (c < 128)
            return char.IsAsciiDigit(c) ? c : null;
        if (Rune.DecodeFromUtf16(text[at..], out var rune, out var consumed) != OperationStatus.Done
            || Rune.GetUnicodeCategory(rune) != UnicodeCategory.DecimalDigitNumber)
            return null;
        at += consumed - 1;
        return (char)('0' + (int)Rune.GetNumericValue(rune));
    }

    private static bool IsFormatting(char c) =>
        c < 128
            ? AsciiFormatting.Contains(c)
            : OtherFormatting.Contains(c) || char.GetUnicodeCategory(c)
                    is UnicodeCategory.DashPunctuation or UnicodeCategory.SpaceSeparator or UnicodeCategory.Format;

    /// <summary>Reads what follows the number: an extension, parameters of a <c>tel:</c> address, or what makes it none.</summary>
    private void ScanTail(ReadOnlySpan<char> tail)
    {
        if (count > 0)
            Extension = tail[0] switch
            {
                ';' => ExtensionParameter(tail),
                ',' => ExtensionDigits(tail.TrimStart(','), MaxPausedExtension),
                _ => LabelledExtension(tail),
            };
        if (Extension is null && !(tail[0] == ';' && tail.Contains('=')))
            Refusal = tail[0] is ',' or ';' or '\r' or '\n' ? "more than one number" : "letters or signs in the number";
    }

    private static string? ExtensionParameter(ReadOnlySpan<char> parameters)
    {
        foreach (var range in parameters.Split(';'))
        {
            var parameter = parameters[range].Trim();
            if (parameter.StartsWith("ext=", StringComparison.OrdinalIgnoreCase))
                return ExtensionDigits(parameter["ext=".Length..], MaxExtension);
        }

        return null;
    }

    private static string? LabelledExtension(ReadOnlySpan<char> tail)
    {
        foreach (var label in ExtensionLabels)
            if (tail.StartsWith(label, StringComparison.OrdinalIgnoreCase))
                return ExtensionDigits(tail[label.Length..].TrimStart(" .:=-\u00A0"), MaxExtension);
        return null;
    }

    private static string? ExtensionDigits(ReadOnlySpan<char> text, int maxDigits)
    {
        Span<char> digits = stackalloc char[maxDigits];
        var length = 0;
        text = text.Trim(" #).\u00A0");
        for (var at = 0; at < text.Length; at++)
        {
            if (length == maxDigits || DigitAt(text, ref at) is not { } digit)
                return null;
            digits[length++] = digit;
        }

        return length == 0 ? null : digits[..length].ToString();
    }
}
