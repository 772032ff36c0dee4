using System.Globalization;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>Characters that nobody sees and that travel along when text is copied: spaces of all kinds, zero-width and direction marks.</summary>
internal static class Invisible
{
    public static bool IsZeroWidth(char c) => c >= 128 && char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && IsInvisible(text[0]))
            text = text[1..];
        while (!text.IsEmpty && IsInvisible(text[^1]))
            text = text[..^1];
        return text;
    }

    private static bool IsInvisible(char c) => char.IsWhiteSpace(c) || IsZeroWidth(c);
}
