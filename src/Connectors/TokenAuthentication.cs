using System.Net.Http.Headers;
using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>For vendors who sign nothing: a secret in the address (<c>/webhooks/{connection}/{token}</c>), or as the password of basic authentication.</summary>
/// <param name="tokens">Each is accepted; the first one signs.</param>
public sealed class TokenAuthentication(Secrets tokens) : WebhookAuthentication
{
    /// <inheritdoc/>
    public override string Description => "secret in the address, or basic authentication";

    /// <inheritdoc/>
    public override Verification Verify(WebhookRequest request)
    {
        var given = request.PathToken ?? BasicPassword(request.Header("Authorization"));
        if (string.IsNullOrEmpty(given)) return Verification.Reject("the address carries no token, and there is no basic authentication");
        var matches = false;
        foreach (var token in tokens) matches |= SameText(token, given);
        return matches ? Verification.Accept : Verification.Reject("the token does not match");
    }

    /// <inheritdoc/>
    public override WebhookRequest Sign(WebhookRequest request) => request with { PathToken = tokens[0] };

    private static string? BasicPassword(string? authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)) return null;
        var decoded = new byte[(header.Parameter?.Length ?? 0) + 3];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", decoded, out var length)) return null;
        var credentials = Encoding.UTF8.GetString(decoded, 0, length);
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : credentials[(colon + 1)..];
    }
}
