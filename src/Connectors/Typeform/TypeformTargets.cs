using System.Collections.Frozen;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>What answers and hidden fields can be about, and the names that say so by themselves.</summary>
internal static class TypeformTargets
{
    /// <summary>Leaves the answer or hidden field out altogether.</summary>
    public const string Ignore = "ignore";

    /// <summary>A second address line.</summary>
    public const string StreetLine2 = "streetLine2";

    private const string Custom = "custom.";

    private static readonly FrozenDictionary<string, ConsentChannel> Consents = Enum.GetValues<ConsentChannel>()
        .ToFrozenDictionary(channel => $"consent.{channel.ToString().ToLowerInvariant()}", StringComparer.Ordinal);

    private static readonly string[] Identifiers = ["email", "phone", "user", "customer", "anonymous"];

    // Names without case, dashes, underscores and spaces. Contact and address questions bring their own: subfield_key.
    private static readonly FrozenDictionary<string, string> AttributesByName = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["firstname"] = "firstName", ["givenname"] = "firstName", ["forename"] = "firstName",
        ["lastname"] = "lastName", ["familyname"] = "lastName", ["surname"] = "lastName",
        ["fullname"] = "fullName", ["name"] = "fullName", ["yourname"] = "fullName",
        ["company"] = "company", ["companyname"] = "company", ["organization"] = "company", ["organisation"] = "company",
        ["jobtitle"] = "jobTitle", ["jobposition"] = "jobTitle",
        ["birthdate"] = "birthDate", ["birthday"] = "birthDate", ["dateofbirth"] = "birthDate",
        ["website"] = "website", ["companywebsite"] = "website",
        ["address"] = "street", ["street"] = "street", ["streetaddress"] = "street", ["addressline1"] = "street",
        ["addressline2"] = StreetLine2,
        ["city"] = "city", ["town"] = "city",
        ["state"] = "region", ["region"] = "region", ["province"] = "region",
        ["zip"] = "postalCode", ["zipcode"] = "postalCode", ["postcode"] = "postalCode", ["postalcode"] = "postalCode",
        ["country"] = "country",
        ["locale"] = "locale", ["timezone"] = "timeZone",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // A hidden field comes from the address of the form, so the business chose it: identifiers count by name too.
    private static readonly FrozenDictionary<string, string> IdentifiersByName = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["email"] = "email", ["emailaddress"] = "email",
        ["phone"] = "phone", ["phonenumber"] = "phone",
        ["userid"] = "user",
        ["visitorid"] = "anonymous", ["anonymousid"] = "anonymous",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a mapping may say this.</summary>
    public static bool IsKnown(string target, bool consent) =>
        Names(consent).Contains(target, StringComparer.Ordinal) || IsCustom(target, out _);

    /// <summary>The fixed targets.</summary>
    public static IEnumerable<string> Names(bool consent) =>
        [.. AttributesByName.Values.Distinct(StringComparer.Ordinal), .. Identifiers, Ignore, .. consent ? Consents.Keys : []];

    /// <summary>Whether the target is a custom attribute, and which.</summary>
    public static bool IsCustom(string target, out string name)
    {
        name = target.StartsWith(Custom, StringComparison.Ordinal) ? target[Custom.Length..].Trim() : "";
        return name.Length > 0;
    }

    /// <summary>The channel that the target is consent for, or null.</summary>
    public static ConsentChannel? Channel(string? target) =>
        target is not null && Consents.TryGetValue(target, out var channel) ? channel : null;

    /// <summary>The custom attribute of this name as a target.</summary>
    public static string CustomOf(string name) => Custom + name;

    /// <summary>The attribute that a name reads like, or null.</summary>
    public static string? Attribute(string? name) => name is null ? null : AttributesByName.GetValueOrDefault(Plain(name));

    /// <summary>The identifier that the name of a hidden field reads like, or null.</summary>
    public static string? Identifier(string name) => IdentifiersByName.GetValueOrDefault(Plain(name));

    private static string Plain(string name) => new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
}
