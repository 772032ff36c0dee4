namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>Klaviyo's ways to refuse. See https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling, read 2026-11-20.</summary>
internal static class KlaviyoErrors
{
    /// <summary>Says Klaviyo's own word for the error; and of a revision that is no longer served, which looks like an object that is gone.</summary>
    public static VendorException? Judge(VendorAnswer answer)
    {
        if (answer.Fault() is not { } fault) return null;
        if (answer.Status == 410) return new VendorException(VendorFault.Refused, $"Klaviyo no longer serves revision {KlaviyoSettings.Revision} of its API (410); the connector has to be brought up to date");
        return answer.Json() is { IsObject: true } body && body["errors"].IsList && body["errors"].Items().Select(error => Word(error["code"])).FirstOrDefault() is { } code
            ? new VendorException(fault.Fault, $"{fault.Message}: {code}") { RetryAfter = fault.RetryAfter }
            : null;
    }

    // One of Klaviyo's own words, and no text about somebody.
    private static string? Word(Payload value) =>
        value.IsText && value.Text() is { Length: <= 64 } text && text.All(letter => char.IsAsciiLetterLower(letter) || letter == '_') ? text : null;
}
