namespace IntegrationHub.Connectors.Stripe;

/// <summary>Stripe's ways to refuse. See https://docs.stripe.com/rate-limits and https://docs.stripe.com/api/errors, read 2026-11-22.</summary>
internal static class StripeErrors
{
    private const string LimitHeader = "Stripe-Rate-Limited-Reason";

    /// <summary>Says which limit it was, and Stripe's own word for the error. A limit never says how long to wait.</summary>
    public static VendorException? Judge(VendorAnswer answer)
    {
        if (answer.Fault() is not { } fault) return null;
        var code = answer.Json() is { IsObject: true } body ? Word(body["error"]["code"]) : null;
        if (answer.Status == 429)
        {
            var limit = answer.Headers.TryGetValue(LimitHeader, out var reason) && IsWord(reason) ? reason : code ?? "rate_limit";
            return new VendorException(fault.Fault, $"{fault.Message}: {limit}") { RetryAfter = fault.RetryAfter ?? TimeSpan.FromSeconds(limit == "resource-specific" ? 60 : 2) };
        }
        return code is null ? null : new VendorException(fault.Fault, $"{fault.Message}: {code}") { RetryAfter = fault.RetryAfter };
    }

    private static string? Word(Payload value) => value.IsText && value.Text() is { } text && IsWord(text) ? text : null;

    // One of Stripe's own words, and no text about somebody.
    private static bool IsWord(string text) => text.Length <= 64 && text.All(letter => char.IsAsciiLetterLower(letter) || letter is '_' or '-');
}
