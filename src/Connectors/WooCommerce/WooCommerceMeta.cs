using System.Collections.Frozen;
using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Meta data of customers and orders by what it means. Plugins store birthdays, VAT numbers and ticked boxes there, and tokens and sessions too, so that only what is listed is read.</summary>
internal sealed class WooCommerceMeta(IReadOnlyDictionary<string, string> targets)
{
    private const string Custom = "custom.";
    private const string Consent = "consent.";

    private static readonly FrozenSet<string> Fields =
        new[] { "company", "jobTitle", "locale", "timeZone", "birthDate", "website", "user" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Yes = new[] { "yes", "1", "true", "on", "y", "subscribed" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Targets besides <c>custom.&lt;name&gt;</c>.</summary>
    public static IEnumerable<string> Targets => Fields.Concat(Enum.GetNames<ConsentChannel>().Select(channel => Consent + channel.ToLowerInvariant()));

    /// <summary>Whether meta data can be mapped to this.</summary>
    public static bool IsTarget(string target) =>
        Targets.Contains(target, StringComparer.Ordinal) || (target.StartsWith(Custom, StringComparison.Ordinal) && target.Length > Custom.Length);

    /// <summary>The value of a key; null when there is none. The first that is filled counts.</summary>
    public static string? Value(Payload list, string key) => Entries(list).FirstOrDefault(entry => entry.Key == key).Value;

    /// <summary>A person with what the meta data adds.</summary>
    /// <param name="person">The person so far.</param>
    /// <param name="list">The meta data.</param>
    /// <param name="consentIsField">Whether a box is kept as a custom field: an account tells that it is ticked, and not since when.</param>
    public Person Complete(Person person, Payload list, bool consentIsField)
    {
        var custom = new Dictionary<string, string>(person.Custom, StringComparer.Ordinal);
        foreach (var (key, target, value) in Read(list))
        {
            if (target.StartsWith(Custom, StringComparison.Ordinal)) custom.TryAdd(target[Custom.Length..], value);
            else if (!target.StartsWith(Consent, StringComparison.Ordinal)) person = Fill(person, key, target, value, custom);
            else if (consentIsField) custom.TryAdd(key, value);
        }
        return person with { Custom = custom };
    }

    /// <summary>Channels whose box was ticked. An empty box is no refusal: nobody was asked to untick it.</summary>
    public IEnumerable<(ConsentChannel Channel, string Key)> Consents(Payload list) =>
        from entry in Read(list)
        where entry.Target.StartsWith(Consent, StringComparison.Ordinal) && Yes.Contains(entry.Value)
        select (Enum.Parse<ConsentChannel>(entry.Target[Consent.Length..], ignoreCase: true), entry.Key);

    private static Person Fill(Person person, string key, string target, string value, Dictionary<string, string> custom)
    {
        switch (target)
        {
            case "company":
                return person with { Company = person.Company ?? value };
            case "jobTitle":
                return person with { JobTitle = value };
            case "locale":
                return person with { Locale = value.Replace('_', '-') };
            case "timeZone":
                return person with { TimeZone = value };
            case "website":
                return person with { Website = value };
            case "user":
                return person with { Identifiers = [Identifier.User(value), .. person.Identifiers] };
            default:
                if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birthDate)) return person with { BirthDate = birthDate };
                // In another notation day and month would be a guess.
                custom.TryAdd(key, value);
                return person;
        }
    }

    private IEnumerable<(string Key, string Target, string Value)> Read(Payload list) =>
        targets.Count == 0 ? [] : Entries(list).Where(entry => targets.ContainsKey(entry.Key)).Select(entry => (entry.Key, targets[entry.Key], entry.Value));

    private static IEnumerable<(string Key, string Value)> Entries(Payload list)
    {
        foreach (var entry in list.Items())
        {
            var (key, value) = (entry["key"].Scalar(), entry["value"]);
            if (key is not null && !value.IsObject && !value.IsList && value.Scalar() is { } text) yield return (key, text);
        }
    }
}
