using System.Globalization;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>Times of WooCommerce: those named <c>_gmt</c> are UTC without saying so, the others are in a zone that is not told.</summary>
internal static class WooCommerceTime
{
    public static DateTimeOffset? Utc(Payload time) =>
        time.Text() is { } text ? PayloadText.Time(PayloadText.HasZone(text) ? text : $"{text}Z", time.Path) : null;

    /// <summary>When the object was made. API version 1 tells no UTC times and can't be read.</summary>
    public static DateTimeOffset Created(Payload resource) => Utc(resource["date_created_gmt"]) ?? throw resource["date_created_gmt"].Missing();

    /// <summary>When the object was last saved; a customer that never was has no such time.</summary>
    public static DateTimeOffset Modified(Payload resource) => Utc(resource["date_modified_gmt"]) ?? Created(resource);

    /// <summary>A time as it stands in the key of a fact.</summary>
    public static string Key(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
