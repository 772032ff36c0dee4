using System.Globalization;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Times of the Public API: with a zone, or in that of the site without saying so.</summary>
internal sealed class MindbodyClock(string? timeZone)
{
    private static readonly string[] WithoutZone = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    private readonly TimeZoneInfo? zone = timeZone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(timeZone);

    /// <summary>A time that must be there, in UTC.</summary>
    public DateTimeOffset Required(Payload time) => Time(time) ?? throw time.Missing();

    /// <summary>A time in UTC; null when unknown.</summary>
    public DateTimeOffset? Time(Payload time)
    {
        if (time.Text() is not { } text || !DateTime.TryParseExact(text, WithoutZone, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return time.Time();
        if (zone is null) throw time.Not("a time with a zone; the setting timeZone tells the site's");
        return PayloadText.Plausible(new DateTimeOffset(local, TimeSpan.Zero), time.Path) - zone.GetUtcOffset(local);
    }
}
