using System.Globalization;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Steps that read times. What comes out is ISO 8601 in UTC, or a date <c>yyyy-MM-dd</c>.</summary>
internal static class TimeSteps
{
    private const string Iso = "iso";

    /// <summary>A Unix time, so many to the second.</summary>
    public static Step Epoch(int perSecond) => Step.OfEach((told, _) =>
    {
        var seconds = PayloadText.Decimal(told.Text, told.Path) / perSecond;
        var whole = Math.Clamp(decimal.Floor(seconds), long.MinValue / 2, long.MaxValue / 2);
        return Write(PayloadText.EpochSeconds((long)whole, told.Path).AddTicks((long)((seconds - whole) * TimeSpan.TicksPerSecond)));
    });

    public static Step? NearArrival(ExpressionReader reader, JToken token) => reader.Errors.Whole(token, 1, 8760) is { } hours
        ? Step.OfEach((told, scope) => (PayloadText.Time(told.Text, told.Path) - scope.ReceivedAt).Duration() <= TimeSpan.FromHours(hours) ? told.Text : null)
        : null;

    public static Step? CalendarDate(ExpressionReader reader, JToken token)
    {
        var formats = Formats(reader.Errors, token, written => DateOnly.MinValue.ToString(written, CultureInfo.InvariantCulture));
        return formats is null ? null : Step.OfEach((told, _) =>
            DateOnly.TryParseExact(told.Text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : throw told.Not($"a date written {string.Join(" or ", formats)}"));
    }

    public static Step? Date(ExpressionReader reader, JToken token, JObject? body)
    {
        var formats = Formats(reader.Errors, token, written => written == Iso ? "" : DateTimeOffset.UnixEpoch.ToString(written, CultureInfo.InvariantCulture));
        if (formats is null || Zone(reader, token, body, formats) is not { } zone) return null;
        return Step.OfEach((told, scope) => Write(Read(told, formats, () => zone(scope))));
    }

    private static DateTimeOffset Read(Told told, string[] formats, Func<TimeZoneInfo?> zone)
    {
        foreach (var format in formats)
        {
            if (format == Iso)
            {
                if (PayloadText.HasZone(told.Text) && told.Text.Contains('-', StringComparison.Ordinal)) return PayloadText.Time(told.Text, told.Path);
            }
            else if (TellsZone(format))
            {
                if (DateTimeOffset.TryParseExact(told.Text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return PayloadText.Plausible(time, told.Path);
            }
            else if (DateTime.TryParseExact(told.Text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            {
                var there = zone() ?? throw new PayloadException(told.Path, "is a time without a zone; the connection's setting tells it");
                return PayloadText.Plausible(new DateTimeOffset(local, TimeSpan.Zero), told.Path) - there.GetUtcOffset(local);
            }
        }
        throw told.Not($"a time written {string.Join(" or ", formats)}");
    }

    // A format without a zone needs one from elsewhere: without it the time would be a guess.
    private static Func<Scope, TimeZoneInfo?>? Zone(ExpressionReader reader, JToken token, JObject? body, string[] formats)
    {
        if (body?["zone"] is not { } given)
        {
            if (formats.All(format => format == Iso || TellsZone(format))) return _ => null;
            reader.Errors.Add(token, """tells no zone; add "zone": "Europe/Berlin" or the like, or {"setting": …}""");
            return null;
        }
        if (given is JObject setting)
        {
            reader.Errors.RequireKnown(setting, "setting");
            if (setting["setting"] is not { } named) reader.Errors.Missing(setting, "setting");
            else if (reader.Setting(named, typeof(string)) is { } name)
                return scope => scope.Settings.Texts(name).FirstOrDefault() is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : null;
            return null;
        }
        if (reader.Errors.Text(given) is not { } text) return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)) return _ => zone;
        reader.Errors.Add(given, "is no time zone that is known here; write an IANA name, for example \"America/Chicago\"");
        return null;
    }

    private static string[]? Formats(DeclarationErrors errors, JToken token, Func<string, string> tryOut)
    {
        var given = errors.Texts(token);
        foreach (var (text, at) in given)
        {
            try
            {
                tryOut(text);
            }
            catch (FormatException)
            {
                errors.Add(at, "is no format; write one such as \"yyyy-MM-dd HH:mm:ss\"");
                return null;
            }
        }
        return given.Count == 0 ? null : [.. given.Select(format => format.Text)];
    }

    private static bool TellsZone(string format)
    {
        var quote = '\0';
        for (var i = 0; i < format.Length; i++)
        {
            if (quote != '\0') quote = format[i] == quote ? '\0' : quote;
            else if (format[i] is '\'' or '"') quote = format[i];
            else if (format[i] is '\\') i++;
            else if (format[i] is 'z' or 'K') return true;
        }
        return format is "o" or "O" or "r" or "R" or "u";
    }

    private static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
