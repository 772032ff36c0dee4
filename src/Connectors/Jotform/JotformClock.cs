using System.Globalization;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>Times of Jotform's API: to the second, on a clock whose zone they do not tell.</summary>
internal static class JotformClock
{
    private const string Format = "yyyy-MM-dd HH:mm:ss";

    /// <summary>A time of the API in UTC: the end of the second, so that a webhook, which tells milliseconds, is never the later one. Null when it is not told.</summary>
    public static DateTimeOffset? Read(Payload time, string zone)
    {
        if (time.Text() is not { } text) return null;
        if (!DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year is < 1971 or >= 2200)
            throw time.Not($"a time as {Format}, from 1971 to 2200");
        return new DateTimeOffset(local, TimeSpan.Zero).AddMilliseconds(999) - TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(local);
    }

    public static string Write(DateTimeOffset time, string zone) =>
        TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString(Format, CultureInfo.InvariantCulture);
}
