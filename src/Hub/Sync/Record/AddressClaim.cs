using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>A postal address that a source told in one event.</summary>
internal sealed record AddressClaim(string Source, string Connection, string Street, string? City, string? Region, string? PostalCode, string? Country, Stamp Stamp)
    : IRecentClaim<AddressClaim>
{
    /// <summary>The address that an event tells; null when it tells none, or only a part that no letter would reach: without a street, or with neither city nor postal code.</summary>
    public static AddressClaim? Of(Person person, string source, string connection, Stamp stamp) =>
        person.Street is { } street && (person.City ?? person.PostalCode) is not null
            ? new AddressClaim(source, connection, street, person.City, person.Region, person.PostalCode, person.Country, stamp)
            : null;

    /// <summary>Whether it is the same address, in whatever case and spacing.</summary>
    public bool SaysSameAs(AddressClaim other) =>
        IsSame(Street, other.Street) && IsSame(PostalCode, other.PostalCode) && IsSame(City, other.City) && IsSame(Region, other.Region) && IsSame(Country, other.Country);

    public int CompareWithinEvent(AddressClaim other) => 0;

    private static bool IsSame(string? one, string? other) =>
        string.Equals(one, other, StringComparison.Ordinal) || string.Equals(Fold(one), Fold(other), StringComparison.OrdinalIgnoreCase);

    private static string Fold(string? text) => text is null ? "" : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
