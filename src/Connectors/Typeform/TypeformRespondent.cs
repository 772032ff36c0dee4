using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>Gathers what a response says about its respondent. Of two values for one attribute the one told first counts.</summary>
internal sealed class TypeformRespondent
{
    private readonly Dictionary<string, string> attributes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> custom = new(StringComparer.Ordinal);
    private readonly List<Identifier> identifiers = [];

    /// <summary>Takes a value.</summary>
    /// <returns>Whether the person now has it; false when another value stands there already.</returns>
    public bool Tell(string target, string value)
    {
        if (Identifier(target, value) is { } identifier)
        {
            if (!identifiers.Contains(identifier)) identifiers.Add(identifier);
            return true;
        }
        var (map, key) = TypeformTargets.IsCustom(target, out var name) ? (custom, name) : (attributes, target);
        return map.TryAdd(key, value) || map[key] == value;
    }

    /// <summary>Takes a value, an e-mail address or phone number only while none is known.</summary>
    /// <returns>Whether the person now has it.</returns>
    public bool TellUnlessKnown(string target, string value)
    {
        var known = target is "email" or "phone" && Identifier(target, value) is { } identifier
            ? identifiers.Find(candidate => candidate.Kind == identifier.Kind)
            : null;
        return known is null ? Tell(target, value) : known.Value.Equals(value, StringComparison.OrdinalIgnoreCase);
    }

    public Person ToPerson() => new()
    {
        Identifiers = identifiers,
        FirstName = Get("firstName"),
        LastName = Get("lastName"),
        FullName = Get("fullName"),
        Company = Get("company"),
        JobTitle = Get("jobTitle"),
        Locale = Get("locale"),
        TimeZone = Get("timeZone"),
        BirthDate = Date(Get("birthDate")),
        Street = Street(Get("street"), Get(TypeformTargets.StreetLine2)),
        City = Get("city"),
        Region = Get("region"),
        PostalCode = Get("postalCode"),
        Country = Get("country") is { Length: 2 } code ? code.ToUpperInvariant() : Get("country"),
        Website = Get("website"),
        Custom = custom,
    };

    private string? Get(string attribute) => attributes.GetValueOrDefault(attribute);

    private static string? Street(string? line1, string? line2) => line1 is null || line2 is null ? line1 ?? line2 : $"{line1}, {line2}";

    // People write dates as they like: one that can't be read stays an answer only. Old forms add a time.
    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text?.Split('T')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1850 and < 2200
            ? date
            : null;

    private static Identifier? Identifier(string target, string value) => target switch
    {
        "email" => Contracts.Identifier.Email(value),
        "phone" => Contracts.Identifier.Phone(value),
        "user" => Contracts.Identifier.User(value),
        "customer" => Contracts.Identifier.Customer(value),
        "anonymous" => Contracts.Identifier.Anonymous(value),
        _ => null,
    };
}
