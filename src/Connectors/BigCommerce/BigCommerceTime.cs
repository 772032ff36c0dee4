using System.Globalization;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Times of BigCommerce: the older half of its API writes them as mail does, <c>Wed, 18 Nov 2026 11:08:20 +0000</c>.</summary>
internal static class BigCommerceTime
{
    private const string Mail = "ddd, dd MMM yyyy HH:mm:ss zzz";

    public static DateTimeOffset? Read(Payload time)
    {
        if (time.Text() is not { } text) return null;
        return DateTimeOffset.TryParseExact(text, Mail, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? PayloadText.Plausible(read, time.Path) : time.Time();
    }

    public static DateTimeOffset Required(Payload time) => Read(time) ?? throw time.Missing();

    /// <summary>When an object was made.</summary>
    public static DateTimeOffset Created(Payload resource) => Required(resource["date_created"]);

    /// <summary>When an object was last changed; one that never was has no such time.</summary>
    public static DateTimeOffset Modified(Payload resource) => Read(resource["date_modified"]) ?? Created(resource);

    /// <summary>A time as it stands in the key of a fact, and in a question to the API.</summary>
    public static string Key(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
