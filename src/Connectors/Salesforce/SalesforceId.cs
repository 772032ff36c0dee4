namespace IntegrationHub.Connectors.Salesforce;

/// <summary>Ids of records: 15 characters in which case counts, or these with 3 more that make up for case.</summary>
internal static class SalesforceId
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /// <summary>The id in 18 characters.</summary>
    /// <exception cref="PayloadException">It is none.</exception>
    public static string Of(string? text, string path) => text is null ? throw new PayloadException(path, "is missing") : TryOf(text) ?? throw new PayloadException(path, "is not a Salesforce id of 15 or 18 characters");

    /// <summary>The id in 18 characters; null when the text is none.</summary>
    public static string? TryOf(string? text)
    {
        if (text is not { Length: 15 or 18 } || !text.All(char.IsAsciiLetterOrDigit)) return null;
        return text.Length == 18 ? text : text + Suffix(text);
    }

    /// <summary>Whether a text is an id, the last three of 18 characters as they must be.</summary>
    public static bool IsWhole(string text) => TryOf(text) is { } whole && whole[15..].Equals(Suffix(whole[..15]), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether two ids name the same: what differs in case alone differs.</summary>
    public static bool AreSame(string? one, string other) => TryOf(one) is { } left && TryOf(other) is { } right && left[..15] == right[..15];

    // In each group of five, bit i says whether character i is a capital; the number is looked up in the alphabet.
    private static string Suffix(string id) =>
        string.Concat(Enumerable.Range(0, 3).Select(group => Alphabet[Enumerable.Range(0, 5).Sum(bit => char.IsAsciiLetterUpper(id[(group * 5) + bit]) ? 1 << bit : 0)]));
}
