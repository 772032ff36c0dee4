using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>The fields of a contact, by the names they have in the API.</summary>
internal static class PersonFields
{
    public const string CustomPrefix = "custom.";

    /// <summary>The names of the fields that every contact can have.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["firstName", "lastName", "fullName", "company", "jobTitle", "locale", "timeZone", "birthDate", "street", "city", "region", "postalCode", "country", "website"];

    public static bool IsField(string name) => Names.Contains(name) || (name.StartsWith(CustomPrefix, StringComparison.Ordinal) && name.Length > CustomPrefix.Length);

    /// <summary>What a person claims, field by field; unknown ones are left out.</summary>
    public static IEnumerable<(string Name, string Value)> Of(Person person)
    {
        if (person.FirstName is { } firstName) yield return ("firstName", firstName);
        if (person.LastName is { } lastName) yield return ("lastName", lastName);
        if (person.FullName is { } fullName) yield return ("fullName", fullName);
        if (person.Company is { } company) yield return ("company", company);
        if (person.JobTitle is { } jobTitle) yield return ("jobTitle", jobTitle);
        if (person.Locale is { } locale) yield return ("locale", locale);
        if (person.TimeZone is { } timeZone) yield return ("timeZone", timeZone);
        if (person.BirthDate is { } birthDate) yield return ("birthDate", birthDate.ToString("yyyy-MM-dd"));
        if (person.Street is { } street) yield return ("street", street);
        if (person.City is { } city) yield return ("city", city);
        if (person.Region is { } region) yield return ("region", region);
        if (person.PostalCode is { } postalCode) yield return ("postalCode", postalCode);
        if (person.Country is { } country) yield return ("country", country);
        if (person.Website is { } website) yield return ("website", website);
        foreach (var (name, value) in person.Custom) yield return (CustomPrefix + name, value);
    }
}
