using System.Collections.Frozen;
using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Form fields and attributes of a customer by what they mean.</summary>
/// <param name="targets">From a field's name, or <c>attribute_</c> and an attribute's id, to what it fills.</param>
internal sealed class BigCommerceFields(IReadOnlyDictionary<string, string> targets)
{
    private const string Custom = "custom.";

    private static readonly FrozenSet<string> Known = new[] { "jobTitle", "locale", "timeZone", "birthDate", "website", "user" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Targets besides <c>custom.&lt;name&gt;</c>.</summary>
    public static IEnumerable<string> Targets => Known;

    /// <summary>Whether a field can be mapped to this.</summary>
    public static bool IsTarget(string target) => Known.Contains(target) || (target.StartsWith(Custom, StringComparison.Ordinal) && target.Length > Custom.Length);

    /// <summary>A person with what the fields of a customer add.</summary>
    public Person Complete(Person person, Payload customer)
    {
        var custom = new Dictionary<string, string>(person.Custom, StringComparer.Ordinal);
        foreach (var (name, value) in Read(customer))
        {
            var target = targets.GetValueOrDefault(name, Custom + name);
            if (target.StartsWith(Custom, StringComparison.Ordinal)) custom.TryAdd(target[Custom.Length..], value);
            else person = Fill(person, name, target, value, custom);
        }
        return person with { Custom = custom };
    }

    private static Person Fill(Person person, string name, string target, string value, Dictionary<string, string> custom)
    {
        switch (target)
        {
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
                custom.TryAdd(name, value);
                return person;
        }
    }

    private static IEnumerable<(string Name, string Value)> Read(Payload customer)
    {
        foreach (var field in customer["form_fields"].Items())
        {
            if (field["name"].Text() is { } name && Text(field["value"]) is { } value) yield return (name, value);
        }
        foreach (var attribute in customer["attributes"].Items())
        {
            if (attribute["attribute_id"].Id() is { } id && attribute["attribute_value"].Text() is { } value) yield return ($"attribute_{id}", value);
        }
    }

    // Boxes to tick come as a list.
    private static string? Text(Payload value)
    {
        if (!value.IsList) return value.Scalar();
        return string.Join(", ", value.Items().Select(item => item.Scalar()).OfType<string>()) is { Length: > 0 } joined ? joined : null;
    }
}
