using System.Collections.Frozen;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>The fields of a person that an answer can fill. What is already known is kept.</summary>
internal static class AnswerFields
{
    private const string CustomPrefix = "custom.";

    private static readonly FrozenDictionary<string, Func<Person, string, Person>> Fields =
        new Dictionary<string, Func<Person, string, Person>>(StringComparer.Ordinal)
        {
            ["email"] = (person, answer) => LooksLikeEmail(answer) ? person.Identified(Identifier.Email(answer)) : person,
            ["phone"] = (person, answer) => LooksLikePhone(answer) ? person.Identified(Identifier.Phone(answer)) : person,
            ["fullName"] = (person, answer) => person.FullName is null ? person.Named(answer) : person,
            ["firstName"] = (person, answer) => person with { FirstName = person.FirstName ?? answer },
            ["lastName"] = (person, answer) => person with { LastName = person.LastName ?? answer },
            ["company"] = (person, answer) => person with { Company = person.Company ?? answer },
            ["jobTitle"] = (person, answer) => person with { JobTitle = person.JobTitle ?? answer },
            ["website"] = (person, answer) => person with { Website = person.Website ?? answer },
            ["street"] = (person, answer) => person with { Street = person.Street ?? answer },
            ["city"] = (person, answer) => person with { City = person.City ?? answer },
            ["region"] = (person, answer) => person with { Region = person.Region ?? answer },
            ["postalCode"] = (person, answer) => person with { PostalCode = person.PostalCode ?? answer },
            ["country"] = (person, answer) => person with { Country = person.Country ?? answer },
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Fields.Keys;

    public static bool IsKnown(string field) =>
        Fields.ContainsKey(field) || (field.StartsWith(CustomPrefix, StringComparison.Ordinal) && field.Length > CustomPrefix.Length);

    public static Person Fill(Person person, string field, string answer)
    {
        if (Fields.TryGetValue(field, out var fill)) return fill(person, answer);
        var custom = new Dictionary<string, string>(person.Custom, StringComparer.Ordinal);
        custom.TryAdd(field[CustomPrefix.Length..], answer);
        return person with { Custom = custom };
    }

    /// <summary>Whether the text is one address, and nothing else.</summary>
    public static bool LooksLikeEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var dot = text.LastIndexOf('.');
        return at > 0 && at == text.LastIndexOf('@') && dot > at + 1 && dot < text.Length - 1
            && text.Length <= 254 && !text.Any(char.IsWhiteSpace);
    }

    private static bool LooksLikePhone(string text) => text.Length <= 32 && text.Count(char.IsAsciiDigit) >= 6;
}
