using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Reads fields whose names the business or its pages chose: custom attributes, and what was typed into a form.</summary>
internal static class ClickFunnelsFields
{
    // What the page sends along; nobody typed it.
    private static readonly string[] OfThePage = ["action", "controller", "redirect_to", "utf8", "commit", "_method", "url"];

    /// <summary>Names and values in the order sent; of fields within fields the name is <c>outer[inner]</c>, several values are joined. Secrets are left out.</summary>
    public static IEnumerable<(string Name, string Value)> Read(Payload fields, string? within = null)
    {
        foreach (var (part, value) in fields.Members())
        {
            var name = within is null ? part : $"{within}[{part}]";
            if (SecretFieldNames.Contains(part)) continue;
            if (value.IsObject)
            {
                foreach (var inner in Read(value, name)) yield return inner;
            }
            else if (Value(value) is { } text) yield return (name, text);
        }
    }

    public static bool IsOfThePage(string name) => OfThePage.Contains(name, StringComparer.OrdinalIgnoreCase) || IsUtm(name);

    public static bool IsUtm(string name) => name is "utm_source" or "utm_medium" or "utm_campaign" or "utm_term" or "utm_content";

    /// <summary>What the address of a page says about where the visitor came from.</summary>
    public static Attribution? OfAddress(string? address)
    {
        if (address is null) return null;
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        var pairs = mark < 0 ? [] : address[(mark + 1)..].Split('#')[0].Split('&');
        string? Parameter(string name) => pairs.Where(pair => pair.StartsWith($"{name}=", StringComparison.Ordinal))
            .Select(pair => PayloadText.Clean(Uri.UnescapeDataString(pair[(name.Length + 1)..].Replace('+', ' ')))).FirstOrDefault(value => value is not null && !value.Contains('\0', StringComparison.Ordinal));
        return new Attribution
        {
            Source = Parameter("utm_source"),
            Medium = Parameter("utm_medium"),
            Campaign = Parameter("utm_campaign"),
            Term = Parameter("utm_term"),
            Content = Parameter("utm_content"),
            LandingPage = PayloadText.Clean(mark < 0 ? address : address[..mark]),
        };
    }

    private static string? Value(Payload value) =>
        value.IsList ? ClickFunnelsEvent.Joined(", ", value.Items().Select(item => item.IsObject || item.IsList ? null : item.Scalar())) : value.Scalar();
}
