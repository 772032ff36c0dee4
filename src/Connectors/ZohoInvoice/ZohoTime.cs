using System.Globalization;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Times of Zoho: <c>2026-11-20T10:32:44+0100</c>, the offset without a colon.</summary>
internal static class ZohoTime
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ssK"];

    public static DateTimeOffset? Read(Payload time) => time.Text() is { } text ? PayloadText.Plausible(Parse(time, text), time.Path) : null;

    /// <summary>How far local time is from UTC; null when no time is told.</summary>
    public static TimeSpan? Offset(Payload time) => time.Text() is { } text ? Parse(time, text).Offset : null;

    /// <summary>A time as it stands in the key of a fact.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Parse(Payload time, string text) =>
        PayloadText.HasZone(text) && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            ? parsed
            : throw time.Not("a time with an offset");
}
