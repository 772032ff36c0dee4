using System.Globalization;
using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>An invented person. Addresses are under example domains, phone numbers in ranges kept for fiction.</summary>
public sealed record SimulatedPerson
{
    private static readonly string[] FirstNames =
        ["Zoë", "Björn", "Łucja", "Sigrún", "Amélie", "Tomáš", "Nuria", "Kwame", "Aiko", "Priya", "Mateo", "Ingrid", "Omar", "Hannah", "Dmitri", "Lin", "Chiara", "Søren", "Yasmin", "Jack"];

    private static readonly string[] LastNames =
        ["Müller", "Åberg", "Nowak", "Þórsdóttir", "Lefèvre", "Dvořák", "García", "Mensah", "Tanaka", "Sharma", "Rossi", "Haugen", "Haddad", "Schmidt", "Ivanova", "Chen", "Bianchi", "Kjær", "Demir", "O'Brien"];

    private static readonly (string Country, string Name, string City, string PostalCode, string TimeZone, string Locale, string PhonePrefix)[] Places =
    [
        ("DE", "Germany", "Köln", "50674", "Europe/Berlin", "de-DE", "+4922155"),
        ("NO", "Norway", "Oslo", "0155", "Europe/Oslo", "nb-NO", "+472155"),
        ("US", "United States", "Portland", "97205", "America/Los_Angeles", "en-US", "+1503555"),
        ("GB", "United Kingdom", "Leeds", "LS1 4AP", "Europe/London", "en-GB", "+44113496"),
        ("FR", "France", "Lyon", "69002", "Europe/Paris", "fr-FR", "+3326191"),
    ];

    /// <summary>Number of the person in its simulation.</summary>
    public required int Number { get; init; }

    /// <summary>Given name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Family name.</summary>
    public required string LastName { get; init; }

    /// <summary>Both names.</summary>
    public string FullName => $"{FirstName} {LastName}";

    /// <summary>E-mail address, unique in the simulation.</summary>
    public required string Email { get; init; }

    /// <summary>Phone number in E.164, unique in the simulation.</summary>
    public required string Phone { get; init; }

    /// <summary>Company.</summary>
    public required string Company { get; init; }

    /// <summary>Street and number.</summary>
    public required string Street { get; init; }

    /// <summary>City.</summary>
    public required string City { get; init; }

    /// <summary>Postal code.</summary>
    public required string PostalCode { get; init; }

    /// <summary>Country, ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>Country's name in English.</summary>
    public required string CountryName { get; init; }

    /// <summary>IANA time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>BCP 47 language tag.</summary>
    public required string Locale { get; init; }

    internal static SimulatedPerson Create(int seed, int number)
    {
        var random = new Random(unchecked((seed * 7919) + number));
        var first = FirstNames[random.Next(FirstNames.Length)];
        var last = LastNames[random.Next(LastNames.Length)];
        var place = Places[random.Next(Places.Length)];
        return new SimulatedPerson
        {
            Number = number,
            FirstName = first,
            LastName = last,
            Email = $"{Ascii(first)}.{Ascii(last)}.{seed}.{number}@example.com",
            Phone = place.PhonePrefix + number.ToString("D5", CultureInfo.InvariantCulture)[^5..],
            Company = $"{last} & {FirstNames[random.Next(FirstNames.Length)]} {(number % 2 == 0 ? "Studio" : "Trading")}",
            Street = $"{LastNames[random.Next(LastNames.Length)]} Street {random.Next(1, 200)}",
            City = place.City,
            PostalCode = place.PostalCode,
            Country = place.Country,
            CountryName = place.Name,
            TimeZone = place.TimeZone,
            Locale = place.Locale,
        };
    }

    private static string Ascii(string text) => new([.. text.Normalize(NormalizationForm.FormD).ToLowerInvariant().Where(char.IsAsciiLetter)]);
}
