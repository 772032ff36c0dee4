namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>Finds the fault that QuickBooks puts into the body: behind a 400 where an object is gone, and in a 200 where a part of an answer failed.</summary>
internal static class QuickBooksFaults
{
    private static readonly string[] Gone = ["610", "612"];

    public static VendorException? Find(VendorAnswer answer)
    {
        if (answer.Status is not (200 or 400) || answer.Body.Span.IndexOf("\"Fault\""u8) < 0 || answer.Json() is not { } body) return null;
        return In(body) is { } fault ? Of(fault, answer) : null;
    }

    // At the top, or in one of the answers of a request that asks for several.
    private static Payload? In(Payload body)
    {
        if (body["Fault"].IsObject) return body["Fault"];
        var answers = body["CDCResponse"].IsList ? body["CDCResponse"].Items().SelectMany(item => item["QueryResponse"].IsList ? item["QueryResponse"].Items().Append(item) : [item]) : [];
        return answers.Select(item => item["Fault"]).FirstOrDefault(fault => fault.IsObject);
    }

    private static VendorException? Of(Payload fault, VendorAnswer answer)
    {
        var code = fault["Error"].IsList && fault["Error"].Items().FirstOrDefault() is { } error ? Code(error["code"]) : null;
        if (code is not null && Gone.Contains(code, StringComparer.Ordinal)) return new VendorException(VendorFault.NotFound, $"QuickBooks has no such object, or it is inactive (code {code})");
        var kind = fault["type"].IsText ? fault["type"].Text()?.ToUpperInvariant() : null;
        return kind switch
        {
            "AUTHENTICATION" or "AUTHENTICATIONFAULT" => new VendorException(VendorFault.Unauthorized, $"QuickBooks does not accept the token (code {code ?? "none"})"),
            "AUTHORIZATION" or "AUTHORIZATIONFAULT" => new VendorException(VendorFault.Forbidden, $"QuickBooks does not allow this with the token (code {code ?? "none"})"),
            "THROTTLE" or "THROTTLEFAULT" => new VendorException(VendorFault.Throttled, $"QuickBooks has had too many calls (code {code ?? "none"})") { RetryAfter = answer.RetryAfter() },
            "SYSTEM" or "SYSTEMFAULT" or "SERVICE" or "SERVICEFAULT" => new VendorException(VendorFault.Unavailable, $"QuickBooks is not available (code {code ?? "none"})"),
            _ => new VendorException(VendorFault.Refused, $"QuickBooks refuses the call (code {code ?? "none"})"),
        };
    }

    private static string? Code(Payload code)
    {
        try
        {
            return code.Scalar() is { Length: <= 12 } text && text.All(char.IsAsciiLetterOrDigit) ? text : null;
        }
        catch (PayloadException)
        {
            return null;
        }
    }
}
