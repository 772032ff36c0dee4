using System.Globalization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Calendly;

/// <summary>Calendly names everything by its API address: <c>https://api.calendly.com/contacts/{uuid}</c>.</summary>
internal static class CalendlyUri
{
    private const string Api = "https://api.calendly.com/";

    /// <summary>The address without the host, for keys.</summary>
    public static string Path(string uri) => uri.StartsWith(Api, StringComparison.Ordinal) ? uri[Api.Length..] : uri;

    /// <summary>The last part of an address.</summary>
    public static string Id(string uri) => uri[(uri.LastIndexOf('/') + 1)..];

    public static SourceReference Source(string objectType, string uri) => new() { ObjectType = objectType, ObjectId = uri };

    /// <summary>A time as part of a key.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
