using System.Net.Http.Headers;
using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>User and password of basic authentication (RFC 7617), as UTF-8.</summary>
internal sealed record BasicCredentials(string User, string Password)
{
    /// <summary>What the request's <c>Authorization</c> header gives; null when it gives none, or none that is well-formed.</summary>
    public static BasicCredentials? Of(WebhookRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Header("Authorization"), out var header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)) return null;
        var decoded = new byte[(header.Parameter?.Length ?? 0) + 3];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", decoded, out var length)) return null;
        var credentials = Encoding.UTF8.GetString(decoded, 0, length);
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new BasicCredentials(credentials[..colon], credentials[(colon + 1)..]);
    }

    // A record would print the password.
    public override string ToString() => "…";
}
