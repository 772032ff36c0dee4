namespace IntegrationHub.Connectors.HubSpot;

/// <summary>HubSpot's spellings of languages and time zones.</summary>
internal static class HubSpotPlace
{
    private static readonly string[] SmallWords = ["of", "es", "au"];

    /// <summary><c>en-us</c> as <c>en-US</c>; null when it is not told.</summary>
    public static string? Locale(string? language)
    {
        if (language is null) return null;
        var parts = language.Replace('_', '-').Split('-');
        return string.Join('-', parts.Select((part, index) => index > 0 && part.Length == 2 ? part.ToUpperInvariant() : part));
    }

    /// <summary><c>america_slash_new_york</c> as <c>America/New_York</c>; null when it is not told, or not written like this.</summary>
    public static string? TimeZone(string? zone)
    {
        if (zone is null) return null;
        var parts = zone.Split(["_slash_", "/"], StringSplitOptions.None);
        if (parts.Length < 2 || parts.Any(part => part.Length == 0 || !part.All(letter => char.IsAsciiLetter(letter) || letter is '_' or '-'))) return null;
        return string.Join('/', parts.Select(Capitalize));
    }

    // Countries of two letters, as in US/Central, are capitals all through.
    private static string Capitalize(string part, int index)
    {
        if (index == 0 && part.Length == 2) return part.ToUpperInvariant();
        var words = part.ToLowerInvariant().ToCharArray();
        for (var i = 0; i < words.Length; i++)
        {
            if (i > 0 && words[i - 1] is not ('_' or '-')) continue;
            var word = new string([.. words.Skip(i).TakeWhile(char.IsAsciiLetter)]);
            if (i == 0 || !SmallWords.Contains(word, StringComparer.Ordinal)) words[i] = char.ToUpperInvariant(words[i]);
        }
        return new string(words);
    }
}
