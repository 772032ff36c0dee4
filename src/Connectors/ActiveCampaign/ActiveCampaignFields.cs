using System.Collections.Frozen;

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
        foreach (var (name, value) in Values(form)) values.TryAdd(Target(name), value);
        return values;
    }

    /// <summary>The fields that are filled, by id or tag; several choices are joined.</summary>
    public static IEnumerable<(string Name, string Value)> Values(FormPayload form)
    {
        var fields = form.Under("contact[fields]").GroupBy(field => field.Name.Split("][")[0], StringComparer.Ordinal);
        foreach (var field in fields.Where(field => field.Key.Length > 0))
        {
            var choices = field.SelectMany(part => part.Value.Split("||", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            if (string.Join(", ", choices) is { Length: > 0 } value) yield return (field.Key, value);
        }
    }

    /// <summary>The <c>custom.*</c> ones among values by target.</summary>
    public static Dictionary<string, string> CustomOf(Dictionary<string, string> values) =>
        values.Where(value => value.Key.StartsWith(Custom, StringComparison.Ordinal)).ToDictionary(value => value.Key[Custom.Length..], value => value.Value, StringComparer.Ordinal);

    private string Target(string field)
    {
        if (targetOf.GetValueOrDefault(field) is { } target) return target;
        var tag = field.ToLowerInvariant();
        if (Campaign.Contains(tag)) return tag;
        return field.All(char.IsAsciiDigit) ? $"{Custom}field_{field}" : Custom + field;
    }
}
