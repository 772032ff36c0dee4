using System.Collections.Frozen;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Custom fields of a contact by what they mean. Account webhooks name a field by its id, automations by its personalization tag.</summary>
internal sealed class ActiveCampaignFields(IReadOnlyDictionary<string, string> targets)
{
    private const string Custom = "custom.";

    private static readonly FrozenSet<string> Campaign = new[] { "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfPerson = new[]
    {
        "firstName", "lastName", "fullName", "company", "jobTitle", "locale", "timeZone", "birthDate",
        "street", "city", "region", "postalCode", "country", "website", "user",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, string> targetOf = targets.DistinctBy(field => field.Key, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Targets besides <c>custom.&lt;name&gt;</c>.</summary>
    public static IEnumerable<string> Targets => OfPerson.Concat(Campaign);

    /// <summary>Whether a field can be mapped to this.</summary>
    public static bool IsTarget(string target) =>
        OfPerson.Contains(target) || Campaign.Contains(target) || (target.StartsWith(Custom, StringComparison.Ordinal) && target.Length > Custom.Length);

    /// <summary>Values by target. Of two fields with one target the first that is filled counts.</summary>
    public Dictionary<string, string> Read(FormPayload form)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        var fields = form.Under("contact[fields]").GroupBy(field => field.Name.Split("][")[0], StringComparer.Ordinal);
        foreach (var field in fields.Where(field => field.Key.Length > 0))
        {
            var choices = field.SelectMany(part => part.Value.Split("||", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            if (string.Join(", ", choices) is { Length: > 0 } value) values.TryAdd(Target(field.Key), value);
        }
        return values;
    }

    /// <summary>The <c>custom.*</c> ones among values by target.</summary>
    public static Dictionary<string, string> CustomOf(Dictionary<string, string> values) =>
        values.Where(value => value.Key.StartsWith(Custom, StringComparison.Ordinal)).ToDictionary(value => value.Key[Custom.Length..], value => value.Value, StringComparer.Ordinal);

    /// <summary>The campaign that values by target tell; null when they tell none.</summary>
    public static Attribution? AttributionOf(Func<string, string?> value)
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
    public static Attribution? AttributionOf(string url)
    {
        var query = url.Split('#')[0].Split('?', 2) is [_, var text] ? text : "";
        var campaign = query.Split('&').Where(pair => pair.StartsWith("utm_", StringComparison.Ordinal) && pair.Contains('=', StringComparison.Ordinal));
        try
        {
            return string.Join('&', campaign) is { Length: > 0 } pairs ? AttributionOf(FormPayload.Parse(Encoding.UTF8.GetBytes(pairs)).Text) : null;
        }
        catch (PayloadException)
        {
            return null;
        }
    }

    private string Target(string field)
    {
        if (targetOf.GetValueOrDefault(field) is { } target) return target;
        var tag = field.ToLowerInvariant();
        if (Campaign.Contains(tag)) return tag;
        return field.All(char.IsAsciiDigit) ? $"{Custom}field_{field}" : Custom + field;
    }
}
