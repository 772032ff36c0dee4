using System.Collections.Frozen;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>The fields of a person that an answer or a parameter can fill. What is already known is kept.</summary>
internal static class CalComFields
{
    /// <summary>Leaves the answer out altogether.</summary>
    public const string Ignore = "ignore";

    private const string CustomPrefix = "custom.";

    private static readonly FrozenDictionary<string, Func<Person, string, Person>> Fields =
        new Dictionary<string, Func<Person, string, Person>>(StringComparer.Ordinal)
        {
            ["email"] = (person, answer) => CalComPeople.Email(answer) is { } email ? person.Identified(email) : person,
            ["phone"] = (person, answer) => person.Identified(CalComPeople.Phone(answer)),
            ["user"] = (person, answer) => person.Identified(Identifier.User(answer)),
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
            ["country"] = (person, answer) => person with { Country = person.Country ?? (answer.Length == 2 ? answer.ToUpperInvariant() : answer) },
            [Ignore] = (person, _) => person,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ConsentChannel> Consents = Enum.GetValues<ConsentChannel>()
        .ToFrozenDictionary(channel => $"consent.{channel.ToString().ToLowerInvariant()}", StringComparer.Ordinal);

    // Identifiers without case, dashes, underscores and blanks, whose meaning nobody disputes. Identifying values are not among them.
    private static readonly FrozenDictionary<string, string> ByName = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["name"] = "fullName", ["fullname"] = "fullName", ["yourname"] = "fullName",
        ["firstname"] = "firstName", ["lastname"] = "lastName",
        ["company"] = "company", ["companyname"] = "company", ["organization"] = "company", ["organisation"] = "company",
        ["jobtitle"] = "jobTitle", ["website"] = "website", ["companywebsite"] = "website",
        ["street"] = "street", ["city"] = "city", ["postalcode"] = "postalCode", ["zipcode"] = "postalCode", ["country"] = "country",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names(bool consent) => [.. Fields.Keys, .. consent ? Consents.Keys : []];

    public static bool IsKnown(string field, bool consent) =>
        Names(consent).Contains(field, StringComparer.Ordinal) || (field.StartsWith(CustomPrefix, StringComparison.Ordinal) && field.Length > CustomPrefix.Length);

    /// <summary>The field that the identifier of a question reads like, or null.</summary>
    public static string? Guess(string name) => ByName.GetValueOrDefault(Plain(name));

    /// <summary>A name without case and everything but letters and digits.</summary>
    public static string Plain(string name) => new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    /// <summary>The channel that the field is consent for, or null.</summary>
    public static ConsentChannel? Channel(string? field) => field is not null && Consents.TryGetValue(field, out var channel) ? channel : null;

    public static Person Fill(Person person, string field, string answer)
    {
        if (Channel(field) is not null) return person;
        if (Fields.TryGetValue(field, out var fill)) return fill(person, answer);
        var custom = new Dictionary<string, string>(person.Custom, StringComparer.Ordinal);
        custom.TryAdd(field[CustomPrefix.Length..], answer);
        return person with { Custom = custom };
    }
}
