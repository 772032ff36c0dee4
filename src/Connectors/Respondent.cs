using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors;

/// <summary>Gathers what a form says about whoever answered it. Of two values for one attribute the one told first counts.</summary>
public sealed class Respondent
{
    private readonly Dictionary<string, string> attributes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> custom = new(StringComparer.Ordinal);
    private readonly List<Identifier> identifiers = [];

    /// <summary>Takes a value that the settings, or the tool itself, say is about this.</summary>
    /// <param name="target">One of <see cref="AnswerTargets"/>; consent is not taken here, and neither is what is to be ignored.</param>
    /// <param name="value">Not blank.</param>
    public void Tell(string target, string value)
    {
        if (target is AnswerTargets.Ignore || AnswerTargets.Channel(target) is not null) return;
        if (Identifier(target, value) is { } identifier)
        {
            if (!identifiers.Contains(identifier)) identifiers.Add(identifier);
        }
        else if (AnswerTargets.Custom(target) is { } name) custom.TryAdd(name, value);
        else attributes.TryAdd(target, value);
    }

    /// <summary>Takes a value that only reads like this: an address or number only while none is known, for a second one may be somebody else's.</summary>
    public void Guess(string target, string value)
    {
        if (target is "email" && (Knows(IdentifierKind.Email) || !IsEmail(value))) return;
        if (target is "phone" && (Knows(IdentifierKind.Phone) || !IsPhone(value))) return;
        Tell(target, value);
    }

    /// <summary>Whether an identifier of this kind was told.</summary>
    public bool Knows(IdentifierKind kind) => identifiers.Exists(identifier => identifier.Kind == kind);

    /// <summary>Whether a text is nothing but an e-mail address, as far as a glance can tell.</summary>
    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return text.Length <= 254 && at > 0 && at == text.LastIndexOf('@') && text.IndexOf('.', at) > at + 1 && text[^1] is not '.' && !text.Any(char.IsWhiteSpace);
    }

    /// <summary>Who answered.</summary>
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
        Street = Street(Get("street"), Get(AnswerTargets.StreetLine2)),
        City = Get("city"),
        Region = Get("region"),
        PostalCode = Get("postalCode"),
        Country = Get("country") is { Length: 2 } code ? code.ToUpperInvariant() : Get("country"),
        Website = Get("website"),
        Custom = custom,
    };

    /// <summary>Where the person came from; null when nothing was told.</summary>
    public Attribution? Attribution
    {
        get
        {
            var told = new Attribution
            {
                Source = Get("utm_source"),
                Medium = Get("utm_medium"),
                Campaign = Get("utm_campaign"),
                Term = Get("utm_term"),
                Content = Get("utm_content"),
            };
            return told == new Attribution() ? null : told;
        }
    }

    private string? Get(string attribute) => attributes.GetValueOrDefault(attribute);

    private static bool IsPhone(string text) => text.Length <= 40 && text.Count(char.IsAsciiDigit) >= 6 && !text.Any(char.IsAsciiLetter);

    private static string? Street(string? line1, string? line2) => line1 is null || line2 is null ? line1 ?? line2 : $"{line1}, {line2}";

    // People write dates as they like: one that can't be read stays an answer only.
    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1850 and < 2200 ? date : null;

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
