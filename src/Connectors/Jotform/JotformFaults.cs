using System.Globalization;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>Faults that stand in the body: Jotform writes a code of its own there, also where the status says that all is well.</summary>
internal static class JotformFaults
{
    // The zone that the daily count of calls begins anew in.
    private const string Zone = "America/New_York";

    public static VendorException? Find(VendorAnswer answer)
    {
        if (answer.Json() is not { IsObject: true } body) return null;
        if (body["message"] is { IsText: true } message && message.Text()?.Contains("API-Limit exceeded", StringComparison.OrdinalIgnoreCase) is true)
            return new VendorException(VendorFault.Throttled, "Jotform has had all the calls that the account has for the day") { RetryAfter = UntilMidnight(answer.At) };
        return answer.Status is >= 200 and < 300 && int.TryParse(body["responseCode"] is { IsObject: false, IsList: false } told ? told.Scalar() : null, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? (answer with { Status = code }).Fault()
            : null;
    }

    private static TimeSpan UntilMidnight(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(Zone));
        return TimeSpan.FromDays(1) - local.TimeOfDay;
    }
}
