using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>The hidden fields of a response: parameters of the address it was opened with, as far as the form declares them.</summary>
internal sealed class TypeformHiddenFields
{
    private readonly Dictionary<string, string> campaign = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> others = [];

    /// <param name="hidden">The <c>hidden</c> object.</param>
    /// <param name="targets">What the settings say that hidden fields are about.</param>
    public TypeformHiddenFields(Payload hidden, IReadOnlyDictionary<string, string> targets)
    {
        foreach (var (name, value) in hidden.Members())
        {
            if (targets.GetValueOrDefault(name) is TypeformTargets.Ignore) continue;
            if (value.IsObject || value.IsList || value.Scalar() is not { } text || IsPlaceholder(text)) continue;
            if (IsCampaign(name) && !targets.ContainsKey(name)) campaign[name.ToLowerInvariant()] = text;
            else others.Add(new(name, text));
        }
    }

    /// <summary>The hidden fields that do not tell the campaign, in the order sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Others => others;

    /// <summary>All hidden fields.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => campaign.Concat(others);

    /// <summary>Where the respondent came from; null when nothing was told.</summary>
    public Attribution? Attribution => campaign.Count == 0 ? null : new Attribution
    {
        Source = campaign.GetValueOrDefault("utm_source"),
        Medium = campaign.GetValueOrDefault("utm_medium"),
        Campaign = campaign.GetValueOrDefault("utm_campaign"),
        Term = campaign.GetValueOrDefault("utm_term"),
        Content = campaign.GetValueOrDefault("utm_content"),
    };

    private static bool IsCampaign(string name) =>
        name.ToLowerInvariant() is "utm_source" or "utm_medium" or "utm_campaign" or "utm_term" or "utm_content";

    // Typeform's share dialog writes name=xxxxx; a merge tag that the e-mail tool did not fill in is the same for everybody as well.
    private static bool IsPlaceholder(string text) =>
        text is "xxxxx" or "undefined" or "null"
        || (text.StartsWith("{{", StringComparison.Ordinal) && text.EndsWith("}}", StringComparison.Ordinal))
        || (text.StartsWith("*|", StringComparison.Ordinal) && text.EndsWith("|*", StringComparison.Ordinal));
}
