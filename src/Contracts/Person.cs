namespace IntegrationHub.Contracts;

/// <summary>What one event says about whom it concerns: identifiers that belong to one person, and attributes. Null means unknown.</summary>
public sealed record Person
{
    /// <summary>Identifiers of this one person; the event asserts that they belong together. Empty when the event names nobody.</summary>
    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>Given name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Family name.</summary>
    public string? LastName { get; init; }

    /// <summary>The whole name, as the tool shows it.</summary>
    public string? FullName { get; init; }

    /// <summary>Company or organisation.</summary>
    public string? Company { get; init; }

    /// <summary>Position in the company.</summary>
    public string? JobTitle { get; init; }

    /// <summary>BCP 47 language tag, for example <c>de-DE</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>IANA time zone, for example <c>Europe/Oslo</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Date of birth.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Street and house number; further address lines follow after <c>", "</c>.</summary>
    public string? Street { get; init; }

    /// <summary>City or town.</summary>
    public string? City { get; init; }

    /// <summary>State, province or county; a code or a name, as the tool tells it.</summary>
    public string? Region { get; init; }

    /// <summary>Postal or ZIP code.</summary>
    public string? PostalCode { get; init; }

    /// <summary>Country, ISO 3166-1 alpha-2 in upper case where the tool tells a code, else its name.</summary>
    public string? Country { get; init; }

    /// <summary>The person's or company's site.</summary>
    public string? Website { get; init; }

    /// <summary>Tags the tool says the person has.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Tags the tool says were taken from the person.</summary>
    public IReadOnlyList<string> RemovedTags { get; init; } = [];

    /// <summary>Further attributes by the tool's own name; the contact shows them as <c>custom.&lt;name&gt;</c>.</summary>
    public IReadOnlyDictionary<string, string> Custom { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
