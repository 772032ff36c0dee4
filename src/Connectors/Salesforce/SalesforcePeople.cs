using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>Contacts and leads.</summary>
internal sealed class SalesforcePeople(SalesforceFields fields)
{
    /// <summary>Whether a record is a person.</summary>
    public static bool Is(string entity) => entity is "Contact" or "Lead";

    /// <summary>All that a record tells of a person.</summary>
    /// <param name="record">The contact or lead, whole or in part.</param>
    /// <param name="telling">Names the telling: what tells a part of the record must not stand in for the whole.</param>
    /// <param name="at">As of when.</param>
    /// <param name="basis">Whose clock that is.</param>
    /// <param name="changed">Fields that have just changed, where that is told: a flag that was taken back counts then.</param>
    public IEnumerable<Fact> Seen(SalesforceRecord record, string telling, DateTimeOffset at, TimeBasis basis, IReadOnlySet<string> changed)
    {
        yield return new Fact($"{record.Entity}/{record.Id}/{telling}", new ContactObserved
        {
            OccurredAt = at,
            TimeBasis = basis,
            Person = PersonOf(record),
            Source = SourceOf(record.Entity, record.Id),
            Attribution = AttributionOf(record),
        });
        if (record.Entity == "Lead" && record.Reference("ConvertedContactId") is { } contact) yield return Tied("Contact", contact, record.Id, at, basis);
        foreach (var fact in SalesforceConsent.Read(record, telling, at, basis, changed)) yield return fact;
    }

    /// <summary>The record was deleted.</summary>
    public static Fact Removed(string entity, string id, DateTimeOffset at) => new($"{entity}/{id}/removed/{SalesforceTime.Key(at)}", new ContactRemovedAtSource
    {
        OccurredAt = at,
        Person = Of(id),
        Source = SourceOf(entity, id),
    });

    /// <summary>The Individual behind a person's contacts and leads is to be forgotten. Who comes back may wish so again.</summary>
    public static Fact Forgotten(string id, DateTimeOffset at) => new($"{SalesforceQueries.Individual}/{id}/forget/{SalesforceTime.Key(at)}", new ErasureRequested
    {
        OccurredAt = at,
        Person = Of(id),
        Source = SourceOf(SalesforceQueries.Individual, id),
    });

    /// <summary>Two records are of one person: one was merged into the other, or became it.</summary>
    public static Fact Tied(string entity, string id, string other, DateTimeOffset at, TimeBasis basis) => new($"{entity}/{id}/is/{other}", new ContactObserved
    {
        OccurredAt = at,
        TimeBasis = basis,
        Person = new Person { Identifiers = [Identifier.Customer(id), Identifier.Customer(other)] },
        Source = SourceOf(entity, id),
    });

    public static Person Of(string id) => new() { Identifiers = [Identifier.Customer(id)] };

    public static SourceReference SourceOf(string entity, string id) => new() { ObjectType = entity, ObjectId = id };

    private Person PersonOf(SalesforceRecord record)
    {
        var place = record.Entity == "Contact" ? "Mailing" : "";
        return new Person
        {
            Identifiers = [.. Identifiers(record)],
            FirstName = record.Text("FirstName"),
            LastName = record.Text("LastName"),
            FullName = record.Text("Name"),
            Company = record.Entity == "Lead" ? record.Text("Company") : record.Text("Account.Name"),
            JobTitle = record.Text("Title"),
            Website = record.Entity == "Lead" ? record.Text("Website") : null,
            BirthDate = record.Entity == "Contact" ? record.Date("Birthdate") : null,
            Street = OneLine(record.Text(place + "Street")),
            City = record.Text(place + "City"),
            Region = record.Text(place + "State"),
            PostalCode = record.Text(place + "PostalCode"),
            Country = record.Text(place + "Country"),
            Custom = fields.Customs(record).GroupBy(field => field.Name, StringComparer.Ordinal).ToDictionary(field => field.Key, field => field.First().Value, StringComparer.Ordinal),
        };
    }

    // An Individual stands behind all contacts and leads of one person.
    private IEnumerable<Identifier> Identifiers(SalesforceRecord record)
    {
        yield return Identifier.Customer(record.Id);
        if (record.Reference("IndividualId") is { } individual) yield return Identifier.Customer(individual);
        foreach (var user in fields.Users(record)) yield return user;
        if (record.Text("Email") is { } email) yield return Identifier.Email(email);
        foreach (var phone in new[] { record.Text("Phone"), record.Text("MobilePhone") }.OfType<string>().Distinct(StringComparer.Ordinal)) yield return Identifier.Phone(phone);
    }

    // The word for where somebody came from stands where no campaign is told.
    private Attribution? AttributionOf(SalesforceRecord record) =>
        fields.Campaign(record) ?? (record.Text("LeadSource") is { } source ? new Attribution { Source = source } : null);

    private static string? OneLine(string? street) =>
        street is null ? null : string.Join(", ", street.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
