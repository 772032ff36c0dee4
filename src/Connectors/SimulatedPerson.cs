using System.Globalization;
using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>An invented person. Addresses are under example domains, phone numbers in ranges kept for fiction or unused, where the country has such.</summary>
public sealed record SimulatedPerson
{
    private const string WesternAreaCodes = "503 971 541 458 206 253 360 425 509 208 986 406 307 801 385 435 775 702 725 303 720 719 970 505 575";

    private static readonly string[] FirstNames =
        ["Zoë", "Björn", "Łucja", "Sigrún", "Amélie", "Tomáš", "Nuria", "Kwame", "Aiko", "Priya", "Mateo", "Ingrid", "Omar", "Hannah", "Dmitri", "Lin", "Chiara", "Søren", "Yasmin", "Jack"];

    private static readonly string[] LastNames =
        ["Müller", "Åberg", "Nowak", "Þórsdóttir", "Lefèvre", "Dvořák", "García", "Mensah", "Tanaka", "Sharma", "Rossi", "Haugen", "Haddad", "Schmidt", "Ivanova", "Chen", "Bianchi", "Kjær", "Demir", "O'Brien"];

    private static readonly Place[] Places =
    [
        new("DE", "Germany", "Köln", "50674", "Europe/Berlin", "de-DE", PhoneDigits: 5, "+492214710"),
        new("NO", "Norway", "Oslo", "0155", "Europe/Oslo", "nb-NO", PhoneDigits: 4, "+472155", "+472156", "+472157"),
        new("US", "United States", "Portland", "97205", "America/Los_Angeles", "en-US", PhoneDigits: 3, [.. WesternAreaCodes.Split(' ').Select(code => $"+1{code}5550")]),
        new("GB", "United Kingdom", "Leeds", "LS1 4AP", "Europe/London", "en-GB", PhoneDigits: 6, "+441632"),
        new("FR", "France", "Lyon", "69002", "Europe/Paris", "fr-FR", PhoneDigits: 4, "+3346571", "+3335301", "+3326191"),
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

    /// <summary>Phone number in E.164, unique among the first 125,000 people of the simulation.</summary>
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
        // Five people in a row live in five countries, so that each country needs a fifth of the phone numbers.
        var row = number / Places.Length;
        var place = Places[(number + row) % Places.Length];
        return new SimulatedPerson
        {
            Number = number,
            FirstName = first,
            LastName = last,
            Email = $"{Ascii(first)}.{Ascii(last)}.{seed}.{number}@example.com",
            Phone = place.Phone(row),
            Company = $"{last} & {FirstNames[random.Next(FirstNames.Length)]} {(number % 2 == 0 ? "Studio" : "Trading")}",
            Street = $"{LastNames[random.Next(LastNames.Length)]} Street {random.Next(1, 200)}",
            City = place.City,
            PostalCode = place.PostalCode,
            Country = place.Country,
            CountryName = place.CountryName,
            TimeZone = place.TimeZone,
            Locale = place.Locale,
        };
    }

    private static string Ascii(string text) => new([.. text.Normalize(NormalizationForm.FormD).ToLowerInvariant().Where(char.IsAsciiLetter)]);

    // A phone number is one of the ranges, country calling code included, and so many digits after it.
    private sealed record Place(string Country, string CountryName, string City, string PostalCode, string TimeZone, string Locale, int PhoneDigits, params string[] PhoneRanges)
    {
        /// <summary>The numbers of a country in their order; they begin anew when all are used up.</summary>
        public string Phone(int number)
        {
            var size = (int)Math.Pow(10, PhoneDigits);
            return PhoneRanges[number / size % PhoneRanges.Length] + (number % size).ToString($"D{PhoneDigits}", CultureInfo.InvariantCulture);
        }
    }
}
