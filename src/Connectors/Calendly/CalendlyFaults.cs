namespace IntegrationHub.Connectors.Calendly;

/// <summary>Faults that the status does not tell in full. See https://developer.calendly.com/api-docs/overview/rate-limits, read 2026-11-22.</summary>
internal static class CalendlyFaults
{
    private const string Reset = "X-RateLimit-Reset";

    public static VendorException? Find(VendorAnswer answer) => answer.Status switch
    {
        429 when answer.Headers.TryGetValue(Reset, out var text) && int.TryParse(text, out var seconds) && seconds >= 0 =>
            new VendorException(VendorFault.Throttled, "Calendly has had too many calls of this user (429)") { RetryAfter = TimeSpan.FromSeconds(seconds) },
        403 => new VendorException(VendorFault.Forbidden, Refusal(answer)),
        _ => null,
    };

    // The causes differ by the message alone.
    private static string Refusal(VendorAnswer answer) => answer.Json()?["message"] is { IsText: true } message && message.Text()?.Contains("upgrade", StringComparison.OrdinalIgnoreCase) is true
        ? "the Calendly plan does not include this (403); take the stream out of history, or upgrade"
        : "Calendly does not allow this with the token (403); it lacks the scope, or belongs to nobody who is owner or admin of the organization";
}
