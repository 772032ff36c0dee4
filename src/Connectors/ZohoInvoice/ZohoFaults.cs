using System.Globalization;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Zoho's own numbers for what went wrong, beside the status: <c>{"code":1002,"message":"…"}</c>. The message can name somebody and is not shown.</summary>
internal static class ZohoFaults
{
    public static VendorException? Judge(VendorAnswer answer)
    {
        // What a status says of the token has to stay: the hub renews it then.
        if (answer.Status == 401 || answer.Json() is not { IsObject: true } body || Code(body["code"]) is not { } code || code == 0) return null;
        return code switch
        {
            44 or 45 => new VendorException(VendorFault.Throttled, $"the organization has had its calls for this minute or day ({answer.Status}, code {code})") { RetryAfter = answer.RetryAfter() },
            57 => new VendorException(VendorFault.Forbidden, $"the grant does not allow this ({answer.Status}, code 57); authorize again with the scopes of the connector's page"),
            1002 => new VendorException(VendorFault.NotFound, $"the vendor has no such record ({answer.Status}, code 1002)"),
            _ when answer.Fault() is { } fault => new VendorException(fault.Fault, $"{fault.Message}: code {code}") { RetryAfter = fault.RetryAfter },
            _ => new VendorException(VendorFault.Refused, $"the vendor refuses the call ({answer.Status}, code {code})"),
        };
    }

    private static long? Code(Payload code) => code.Scalar() is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
