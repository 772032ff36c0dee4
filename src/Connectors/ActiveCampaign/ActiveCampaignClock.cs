using System.Globalization;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Times as the account writes them: ISO 8601 with an offset, or <c>yyyy-MM-dd HH:mm:ss</c> in the account's time zone.</summary>
internal sealed class ActiveCampaignClock(string? timeZone)
{
    private static readonly string[] WithoutZone = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"];

    private readonly TimeZoneInfo? zone = timeZone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(timeZone);

    /// <summary>A time that must be there, in UTC.</summary>
    public DateTimeOffset Required(FormPayload form, string key) => Time(form, key) ?? throw new PayloadException(key, "is missing");

    /// <summary>A time in UTC; null when absent, blank or <c>0000-00-00 …</c>.</summary>
    public DateTimeOffset? Time(FormPayload form, string key) => Time(form.Text(key), key);

    /// <inheritdoc cref="Time(FormPayload, string)"/>
    public DateTimeOffset? Time(Payload time) => Time(time.Text(), time.Path);

    private DateTimeOffset? Time(string? text, string path)
    {
        if (text is null || text.StartsWith("0000-", StringComparison.Ordinal)) return null;
        if (!DateTime.TryParseExact(text, WithoutZone, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return PayloadText.Time(text, path);
        if (zone is null) throw new PayloadException(path, "is a time without a zone; the setting timeZone tells the account's");
        return PayloadText.Plausible(new DateTimeOffset(local, TimeSpan.Zero), path) - zone.GetUtcOffset(local);
    }
}
