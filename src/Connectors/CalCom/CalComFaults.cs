using System.Globalization;

namespace IntegrationHub.Connectors.CalCom;

/// <summary>Faults that the status does not tell in full.</summary>
internal static class CalComFaults
{
    private const string Reset = "X-RateLimit-Reset-Default";

    public static VendorException? Find(VendorAnswer answer)
    {
        if (answer.Status == 429) return new VendorException(VendorFault.Throttled, "Cal.com has had too many calls with this key (429)") { RetryAfter = answer.RetryAfter() ?? UntilReset(answer) };
        return answer.Status is >= 200 and < 300 && answer.Json() is { IsObject: true } body && body["status"] is { IsText: true } status && status.Text() is "error"
            ? new VendorException(VendorFault.Misread, $"Cal.com answers with an error ({answer.Status})")
            : null;
    }

    // A Unix time; older versions tell the seconds that are left.
    private static TimeSpan? UntilReset(VendorAnswer answer)
    {
        if (!answer.Headers.TryGetValue(Reset, out var text) || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var told)) return null;
        var left = TimeSpan.FromSeconds(told < 1_000_000_000 ? told : told - answer.At.ToUnixTimeSeconds());
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }
}
