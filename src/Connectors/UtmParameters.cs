using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors;

/// <summary>The campaign that <c>utm_*</c> parameters tell.</summary>
public static class UtmParameters
{
    private const string Prefix = "utm_";

    /// <summary>The campaign told by values that are found by their names; null when they tell none.</summary>
    public static Attribution? Of(Func<string, string?> value)
    {
        var attribution = new Attribution
        {
            Source = value("utm_source"),
            Medium = value("utm_medium"),
            Campaign = value("utm_campaign"),
            Term = value("utm_term"),
            Content = value("utm_content"),
        };
        return attribution == new Attribution() ? null : attribution;
    }

    /// <summary>The campaign that a link's query tells; null when it tells none, or can't be read.</summary>
    public static Attribution? OfLink(string? url)
    {
        var query = url?.Split('#')[0].Split('?', 2) is [_, var text] ? text : "";
        var campaign = query.Split('&').Where(pair => pair.StartsWith(Prefix, StringComparison.Ordinal) && pair.Contains('=', StringComparison.Ordinal));
        try
        {
            return string.Join('&', campaign) is { Length: > 0 } pairs ? Of(FormPayload.Parse(Encoding.UTF8.GetBytes(pairs)).Text) : null;
        }
        catch (PayloadException)
        {
            return null;
        }
    }
}
