using System.Globalization;
using System.Text.RegularExpressions;

namespace IntegrationHub.Hub.Api;

/// <summary>Reads moments as people write them: <c>2026-11-20</c>, which is its midnight in UTC, or <c>2026-11-20T15:04:06Z</c>.</summary>
internal static partial class MomentText
{
    /// <returns>The moment in UTC, or the problem with it; neither when none is given.</returns>
    public static (DateTimeOffset? Moment, string? Problem) Read(string name, string? text)
    {
        if (text is null) return (null, null);
        return Form().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) && moment.Year is >= 1970 and < 9999
            ? (moment, null)
            : (null, $"{name} must be a date such as 2026-11-20, or a moment such as 2026-11-20T15:04:06Z; in an address a + is written %2B.");
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([Tt]\d{2}:\d{2}:\d{2}(\.\d{1,7})?([Zz]|[+-]\d{2}:\d{2}))?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
