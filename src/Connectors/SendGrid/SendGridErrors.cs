using System.Globalization;

namespace IntegrationHub.Connectors.SendGrid;

/// <summary>SendGrid's limit says in a header of its own when it ends. See https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/rate-limits, read 2026-11-20.</summary>
internal static class SendGridErrors
{
    private const string Reset = "X-RateLimit-Reset";

    public static VendorException? Judge(VendorAnswer answer)
    {
        if (answer.Status != 429 || answer.Fault() is not { RetryAfter: null } fault || !answer.Headers.TryGetValue(Reset, out var text)) return null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return null;
        var wait = seconds - answer.At.ToUnixTimeSeconds();
        return new VendorException(fault.Fault, fault.Message) { RetryAfter = TimeSpan.FromSeconds(Math.Clamp(wait, 1, 3600)) };
    }
}
