using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors;

/// <summary>What the answer of a form can be about: <c>firstName</c>, <c>email</c>, <c>custom.&lt;name&gt;</c>, <c>consent.email</c>, <c>utm_source</c> and so on; and the names that say so by themselves.</summary>
public static class AnswerTargets
{
    /// <summary>Leaves the answer out altogether.</summary>
    public const string Ignore = "ignore";

    /// <summary>A second address line.</summary>
    internal const string StreetLine2 = "streetLine2";

    private const string CustomPrefix = "custom.";

    private static readonly FrozenDictionary<string, ConsentChannel> Consents = Enum.GetValues<ConsentChannel>()
        .ToFrozenDictionary(channel => $"consent.{channel.ToString().ToLowerInvariant()}", StringComparer.Ordinal);

    private static readonly string[] Others =
        ["user", "customer", "anonymous", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", Ignore];

    // Names without case and everything but letters and digits, whose meaning nobody disputes. Ids are not among them: anyone can type one.
    private static readonly FrozenDictionary<string, string> ByName = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["email"] = "email", ["emailaddress"] = "email", ["youremail"] = "email", ["youremailaddress"] = "email",
        ["phone"] = "phone", ["phonenumber"] = "phone", ["yourphone"] = "phone", ["yourphonenumber"] = "phone", ["telephone"] = "phone",
        ["mobile"] = "phone", ["mobilephone"] = "phone", ["mobilenumber"] = "phone", ["cellphone"] = "phone",
        ["firstname"] = "firstName", ["givenname"] = "firstName", ["forename"] = "firstName",
        ["lastname"] = "lastName", ["familyname"] = "lastName", ["surname"] = "lastName",
        ["fullname"] = "fullName", ["name"] = "fullName", ["yourname"] = "fullName", ["yourfullname"] = "fullName",
        ["company"] = "company", ["companyname"] = "company", ["organization"] = "company", ["organisation"] = "company",
        ["jobtitle"] = "jobTitle", ["jobposition"] = "jobTitle",
        ["birthdate"] = "birthDate", ["birthday"] = "birthDate", ["dateofbirth"] = "birthDate",
        ["website"] = "website", ["companywebsite"] = "website",
        ["address"] = "street", ["street"] = "street", ["streetaddress"] = "street", ["addressline1"] = "street",
        ["addressline2"] = StreetLine2,
        ["city"] = "city", ["town"] = "city",
        ["state"] = "region", ["region"] = "region", ["province"] = "region",
        ["zip"] = "postalCode", ["zipcode"] = "postalCode", ["postcode"] = "postalCode", ["postalcode"] = "postalCode",
        ["country"] = "country", ["locale"] = "locale", ["timezone"] = "timeZone",
        ["utmsource"] = "utm_source", ["utmmedium"] = "utm_medium", ["utmcampaign"] = "utm_campaign", ["utmterm"] = "utm_term", ["utmcontent"] = "utm_content",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The fixed targets; <c>custom.&lt;name&gt;</c> comes on top.</summary>
    public static IEnumerable<string> Names => [.. ByName.Values.Distinct(StringComparer.Ordinal), .. Others, .. Consents.Keys];

    /// <summary>Whether a setting may name this target.</summary>
    public static bool IsKnown(string target) => Names.Contains(target, StringComparer.Ordinal) || Custom(target) is not null;

    /// <summary>The name of the custom attribute that the target is, or null.</summary>
    public static string? Custom(string target) =>
        target.StartsWith(CustomPrefix, StringComparison.Ordinal) && target[CustomPrefix.Length..].Trim() is { Length: > 0 } name ? name : null;

    /// <summary>The channel that the target is consent for, or null.</summary>
    public static ConsentChannel? Channel(string? target) => target is not null && Consents.TryGetValue(target, out var channel) ? channel : null;

    /// <summary>What the name of a field or the title of a question reads like, in English; null when it says nothing. Consent and ids are never guessed.</summary>
    public static string? Guess(string name) => ByName.GetValueOrDefault(new string([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]));
}

/// <summary>Every value of the map must be one of the <see cref="AnswerTargets"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AnswerTargetAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> map) return ValidationResult.Success;
        var wrong = map.Where(entry => !AnswerTargets.IsKnown(entry.Value))
            .Select(entry => $"\"{entry.Key}\": \"{entry.Value}\" is not a target{SettingsBinder.Suggestion(entry.Value, AnswerTargets.Names)}")
            .ToList();
        return wrong.Count == 0 ? ValidationResult.Success : new ValidationResult(string.Join("; ", wrong));
    }
}
