namespace IntegrationHub.Connectors;

/// <summary>Names and values as they stand in a query string or a form body.</summary>
internal static class UrlParameters
{
    /// <summary>All of them in the order sent, decoded, repeated and blank ones too. What is not escaped properly stays as it is.</summary>
    public static IEnumerable<(string Name, string Value)> Read(string text)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (Decode(pair), "") : (Decode(pair[..equals]), Decode(pair[(equals + 1)..]));
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
