namespace IntegrationHub.Connectors.Salesforce;

/// <summary>Salesforce's ways to refuse: a list of errors with codes. See https://developer.salesforce.com/docs/platform/api-rest/guide/errorcodes.html, read 2026-11-20.</summary>
internal static class SalesforceErrors
{
    /// <summary>What the status alone does not tell: the day's calls are used up behind a 403, a passing trouble behind a 400.</summary>
    public static VendorException? Judge(VendorAnswer answer)
    {
        if (answer.Fault() is not { } fault || Code(answer.Json()) is not { } code) return null;
        return code switch
        {
            // The allowance is of 24 hours and becomes free little by little; nothing says when.
            "REQUEST_LIMIT_EXCEEDED" => new VendorException(VendorFault.Throttled, "the organization has used up its calls of the day: REQUEST_LIMIT_EXCEEDED") { RetryAfter = TimeSpan.FromMinutes(10) },
            "UNABLE_TO_LOCK_ROW" or "SERVER_UNAVAILABLE" or "QUERY_TIMEOUT" => new VendorException(VendorFault.Unavailable, $"Salesforce is busy: {code}") { RetryAfter = answer.RetryAfter() },
            _ => new VendorException(fault.Fault, $"{fault.Message}: {code}") { RetryAfter = fault.RetryAfter },
        };
    }

    // A list of errors, or where tokens are had one error with a name of its own.
    private static string? Code(Payload? body)
    {
        var code = body is null ? null : body.IsList ? body.Items().FirstOrDefault()?["errorCode"] : body["error"];
        return code is { IsText: true } && code.Text() is { Length: <= 64 } text && text.All(letter => char.IsAsciiLetter(letter) || letter == '_') ? text : null;
    }
}
