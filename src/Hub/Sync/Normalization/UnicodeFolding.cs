using System.Buffers;
using System.Globalization;
using System.Text;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>
/// One spelling for an address beyond ASCII: lower case by Unicode's own rules (no culture's), composed, full-width letters as ASCII,
/// invisible characters gone. Letters that merely look alike stay different, and so do ligatures, ß and ss, ς and σ.
/// </summary>
internal static class UnicodeFolding
{
    private const char FullWidthFirst = '\uFF01';
    private const char FullWidthLast = '\uFF5E';
    private const char IdeographicStop = '\u3002';
    private const char HalfWidthStop = '\uFF61';
    private const char KatakanaDot = '\u30FB';
    private const char Geresh = '\u05F3';
    private const char Gershayim = '\u05F4';

    /// <summary>The framework leaves it alone; Unicode and JavaScript, and so the vendors, make it i and a dot above.</summary>
    private const char TurkishCapital = '\u0130';
    private const char DotAbove = '\u0307';

    /// <summary>Null when the text has a character that no address has: a space inside, a control, a quotation mark, half a surrogate pair.</summary>
    public static string? Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        var hasMarks = false;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != OperationStatus.Done)
                return null;
            text = text[consumed..];
            if (rune.IsBmp && Invisible.IsZeroWidth((char)rune.Value))
                continue;
            if (!rune.IsAscii && !IsOfAddress(rune))
                return null;
            AppendFolded(rune, folded);
            hasMarks |= rune.IsBmp && Composition.IsMark((char)rune.Value);
        }

        return hasMarks ? Composition.Compose(folded.ToString()) : folded.ToString();
    }

    private static void AppendFolded(Rune rune, StringBuilder folded)
    {
        if (rune.Value is >= FullWidthFirst and <= FullWidthLast)
            rune = new Rune(rune.Value - FullWidthFirst + '!');
        if (rune.Value is IdeographicStop or HalfWidthStop)
            folded.Append('.');
        else if (rune.Value == TurkishCapital)
            folded.Append('i').Append(DotAbove);
        else
            folded.Append(Rune.ToLowerInvariant(rune));
    }

    private static bool IsOfAddress(Rune rune) => rune != Rune.ReplacementChar && IsOfWord(rune);

    private static bool IsOfWord(Rune rune) =>
        rune.Value is (>= FullWidthFirst and <= FullWidthLast) or IdeographicStop or HalfWidthStop or '·' or KatakanaDot or Geresh or Gershayim
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;
}
