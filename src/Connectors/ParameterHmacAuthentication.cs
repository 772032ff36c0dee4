using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace IntegrationHub.Connectors;

/// <summary>
/// A shared secret signs what address and body say: the parameters of the query and of a form body, decoded, by name, each as <c>name</c><c>value</c>
/// with nothing in between; then the body, byte for byte, when it is no form. The header is the HMAC-SHA-256 in hexadecimal.
/// </summary>
/// <remarks>The scheme does not sign where a name ends and its value begins. Whoever has seen a signed request can cut its text in another way.</remarks>
/// <param name="secrets">Each is accepted; the first one signs. The key is the text's UTF-8 bytes.</param>
public sealed class ParameterHmacAuthentication(Secrets secrets) : WebhookAuthentication
{
    /// <summary>Header that carries the signature.</summary>
    public required string Header { get; init; }

    /// <inheritdoc/>
    public override string Description => $"HMAC-SHA-256 of parameters and body, hex, header {Header}";

    /// <inheritdoc/>
    public override Verification Verify(WebhookRequest request)
    {
        if (request.Header(Header) is not { } header) return Verification.Reject($"header {Header} is missing");
        if (Read(header.Trim()) is not { } given) return Verification.Reject($"header {Header} is malformed");
        if (IsForm(request) && !Utf8.IsValid(request.Body.Span)) return Verification.Reject("the form is not UTF-8");
        var matches = false;
        foreach (var secret in secrets) matches |= CryptographicOperations.FixedTimeEquals(Digest(secret, request), given);
        return matches ? Verification.Accept : Verification.Reject("the signature does not match");
    }

    /// <inheritdoc/>
    public override WebhookRequest Sign(WebhookRequest request) => request.WithHeader(Header, Convert.ToHexStringLower(Digest(secrets[0], request)));

    private static byte[] Digest(string secret, WebhookRequest request)
    {
        var isForm = IsForm(request);
        var parameters = request.Parameters().Concat(isForm ? UrlParameters.Read(Encoding.UTF8.GetString(request.Body.Span)) : []);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        foreach (var (name, value) in parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)) hmac.AppendData(Encoding.UTF8.GetBytes(name + value));
        if (!isForm) hmac.AppendData(request.Body.Span);
        return hmac.GetHashAndReset();
    }

    private static bool IsForm(WebhookRequest request) =>
        string.Equals(request.Header("Content-Type")?.Split(';')[0].Trim(), "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static byte[]? Read(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
