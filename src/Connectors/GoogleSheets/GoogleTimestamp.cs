using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>The time of a row as the spreadsheet shows it: without a zone, and in the order of its locale.</summary>
internal static partial class GoogleTimestamp
{
    private static readonly FrozenSet<string> MonthFirst = new[] { "en_US", "en_PH", "fil_PH", "es_PA", "es_PR" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The time in UTC; null when the text, the order of day and month, or the zone can't be told.</summary>
    public static DateTimeOffset? Read(string text, string? locale, string? timeZone)
    {
        if (timeZone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone)) return null;
        if (Shape().Match(text) is not { Success: true } match || Date(Number(match, "first"), Number(match, "second"), Number(match, "third"), locale) is not { } date) return null;
        var (hour, minute, seconds) = (Number(match, "hour"), Number(match, "minute"), Number(match, "seconds"));
        if (match.Groups["half"] is { Success: true, Value: var half })
        {
            if (hour is 0 or > 12) return null;
            hour = (hour % 12) + (half is "p" or "P" ? 12 : 0);
        }
        if (hour > 23 || minute > 59 || seconds > 59) return null;
        var local = date.ToDateTime(new TimeOnly(hour, minute, seconds));
        return new DateTimeOffset(local, TimeSpan.Zero) - zone.GetUtcOffset(local);
    }

    private static DateOnly? Date(int first, int second, int third, string? locale)
    {
        if (first >= 1000) return Date(first, second, third);
        if (third < 1000) return null;
        // A number above twelve is a day, whatever the locale.
        if (first > 12) return Date(third, second, first);
        if (second > 12) return Date(third, first, second);
        if (locale is null) return first == second ? Date(third, first, second) : null;
        return MonthFirst.Contains(locale) ? Date(third, first, second) : Date(third, second, first);
    }

    private static DateOnly? Date(int year, int month, int day) =>
        year is >= 1971 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int Number(Match match, string group) => match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<first>[0-9]{1,4})[/.\- ]{1,2}(?<second>[0-9]{1,2})[/.\- ]{1,2}(?<third>[0-9]{1,4})[., ]{1,2}(?<hour>[0-9]{1,2})[:.](?<minute>[0-9]{2})([:.](?<seconds>[0-9]{2}))?(\s*(?<half>[AaPp])\.?\s?[Mm]\.?)?$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
