namespace IntegrationHub.Connectors.HubSpot;

/// <summary>HubSpot's ways to refuse. See https://developers.hubspot.com/docs/api-reference/latest/error-handling, read 2026-11-20.</summary>
internal static class HubSpotErrors
{
    /// <summary>What the status alone does not tell: which limit it was, that an account is being moved, which permission is missing.</summary>
    public static VendorException? Judge(VendorAnswer answer)
    {
        if (answer.Status is 423 or 477)
            return new VendorException(VendorFault.Unavailable, answer.Status == 477 ? "HubSpot is moving the account (477)" : "HubSpot is changing the object just now (423)") { RetryAfter = answer.RetryAfter() ?? TimeSpan.FromSeconds(2) };
        if (answer.Fault() is not { } fault || answer.Json() is not { IsObject: true } body) return null;
        if (answer.Status == 429) return new VendorException(fault.Fault, $"{fault.Message}: {Word(body["policyName"]) ?? "RATE_LIMIT"}") { RetryAfter = fault.RetryAfter ?? Pause(Word(body["policyName"])) };
        return Word(body["category"]) is { } category ? new VendorException(fault.Fault, $"{fault.Message}: {category}") { RetryAfter = fault.RetryAfter } : null;
    }

    private static TimeSpan Pause(string? policy) => policy switch
    {
        "SECONDLY" => TimeSpan.FromSeconds(1),
        "DAILY" => TimeSpan.FromMinutes(10),
        _ => TimeSpan.FromSeconds(10),
    };

    // One of HubSpot's own words, and no text about somebody.
    private static string? Word(Payload value) =>
        value.IsText && value.Text() is { Length: <= 64 } text && text.All(letter => char.IsAsciiLetterUpper(letter) || letter == '_') ? text : null;
}
