using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>One person's place in a booking.</summary>
/// <param name="Uid">The booking, which several people can share: seats of a class, guests.</param>
/// <param name="Id">The person's own appointment.</param>
/// <param name="Person">Who it is.</param>
internal sealed record CalComSeat(string Uid, string Id, Person Person)
{
    public SourceReference Source => new() { ObjectType = "booking", ObjectId = Uid };

    public Fact Fact(string name, ContactEvent contactEvent) => new($"bookings/{Id}/{name}", contactEvent);

    /// <summary>
    /// The id of a person's place in a booking: the booking's, and a short hash of the address. A no-show update names the booking and an address alone,
    /// so nothing else tells the booker, a guest and the seats of a class apart, and what shared one appointment would become one contact.
    /// </summary>
    public static string IdOf(string uid, string? email) => email is null ? uid : $"{uid}/{Hash(email.ToLowerInvariant())[..12]}";

    /// <summary>SHA-256 in hex.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A time as part of a key.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
