using System.Globalization;

namespace IntegrationHub.Connectors;

/// <summary>Reads typed values from text; what does not fit is an error that names the path.</summary>
internal static class PayloadText
{
    private static readonly DateTimeOffset Earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Trimmed; null when nothing is left: an empty text is unknown, not empty.</summary>
    public static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    public static decimal Decimal(string text, string path) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new PayloadException(path, "is not a decimal number, or is too large for one");

    public static long Integer(string text, string path) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new PayloadException(path, "is not a whole number, or is beyond 2^63");

    public static DateTimeOffset Time(string text, string path)
    {
        if (!StartsWithDate(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            throw new PayloadException(path, "is not an ISO 8601 time");
        if (!HasZone(text)) throw new PayloadException(path, "is a time without a zone");
        return Plausible(time, path);
    }

    public static DateTimeOffset EpochSeconds(long seconds, string path)
    {
        if (seconds < Earliest.ToUnixTimeSeconds() || seconds >= Latest.ToUnixTimeSeconds()) throw Implausible(path);
        return DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    public static DateOnly Date(string text, string path) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1850 and < 2200
            ? date
            : throw new PayloadException(path, "is not a date between 1850 and 2200");

    public static DateTimeOffset Plausible(DateTimeOffset time, string path) =>
        time >= Earliest && time < Latest ? time.ToUniversalTime() : throw Implausible(path);

    private static PayloadException Implausible(string path) => new(path, "is not a time between 1970 and 2200");

    public static bool HasZone(ReadOnlySpan<char> text)
    {
        if (text.Length < 16) return false;
        if (text[^1] is 'Z' or 'z') return true;
        var clock = text[11..];
        return clock.IndexOfAny('+', '-') >= 0;
    }

    /// <summary>Year, month and day in this order: in any other, 03/04 would be a guess.</summary>
    private static bool StartsWithDate(string text) =>
        text.Length >= 10 && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
