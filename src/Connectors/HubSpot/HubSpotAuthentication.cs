using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>
/// HubSpot's signature, version 3: base64 HMAC-SHA256 under the app's client secret of method, address, body and time, one after the other.
/// See https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation, read 2026-11-20.
/// </summary>
/// <remarks>Versions 1 and 2 come along and are never looked at: a plain hash of secret and body can be lengthened without the secret, and holds no time.</remarks>
internal sealed class HubSpotAuthentication(Secrets secrets) : WebhookAuthentication
{
    private const string Header = "X-HubSpot-Signature-v3";
    private const string TimeHeader = "X-HubSpot-Request-Timestamp";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    // Of the address HubSpot decodes these escapes and no others before it signs.
    private static readonly (string Escape, string Character)[] Decoded =
    [
        ("%3A", ":"), ("%2F", "/"), ("%3F", "?"), ("%40", "@"), ("%21", "!"), ("%24", "$"), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*"), ("%2C", ","), ("%3B", ";"),
    ];

    /// <inheritdoc/>
    public override TimeSpan? ReplayWindow => Tolerance;

    /// <inheritdoc/>
    public override string Description => $"HMAC-SHA-256 of method, address, body and time, base64, header {Header}";

    /// <inheritdoc/>
    public override Verification Verify(WebhookRequest request)
    {
        if (request.Header(Header)?.Trim() is not { } header) return Verification.Reject($"header {Header} is missing");
        if (request.Header(TimeHeader)?.Trim() is not { } time) return Verification.Reject($"header {TimeHeader} is missing");
        if (request.Url is not { } url) return Verification.Reject("the address that was called is signed, and not known: set Hub:PublicUrl to the address under which HubSpot reaches the hub");
        if (Read(header) is not { } given) return Verification.Reject($"header {Header} is malformed");
        if (time.Length > 15 || !time.All(char.IsAsciiDigit)) return Verification.Reject($"header {TimeHeader} is malformed");
        var matches = false;
        foreach (var secret in secrets) matches |= CryptographicOperations.FixedTimeEquals(Digest(secret, request, url, time), given);
        if (!matches) return Verification.Reject("the signature does not match; it covers the address, so Hub:PublicUrl must be as HubSpot has it");
        var distance = request.ReceivedAt.ToUnixTimeMilliseconds() - long.Parse(time, CultureInfo.InvariantCulture);
        return Math.Abs(distance) <= Tolerance.TotalMilliseconds ? Verification.Accept : Verification.Reject("the signed time is too far from now");
    }

    /// <inheritdoc/>
    public override WebhookRequest Sign(WebhookRequest request)
    {
        var url = request.Url ?? throw new InvalidOperationException("HubSpot signs the address that it calls: the request must have one.");
        var time = request.ReceivedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return request.WithHeader(TimeHeader, time).WithHeader(Header, Convert.ToBase64String(Digest(secrets[0], request, url, time)));
    }

    private static byte[] Digest(string secret, WebhookRequest request, Uri url, string time)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        var address = Decoded.Aggregate(url.OriginalString, (text, known) => text.Replace(known.Escape, known.Character, StringComparison.Ordinal));
        hmac.AppendData(Encoding.UTF8.GetBytes(request.Method + address));
        hmac.AppendData(request.Body.Span);
        hmac.AppendData(Encoding.ASCII.GetBytes(time));
        return hmac.GetHashAndReset();
    }

    // The framework passes over blanks and stray bits: only the one spelling that HubSpot writes counts.
    private static byte[]? Read(string text)
    {
        var digest = new byte[33];
        return text.Length == 44 && Convert.TryFromBase64String(text, digest, out var length) && length == 32 && Convert.ToBase64String(digest, 0, 32) == text ? digest[..32] : null;
    }
}
