using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>A shared secret signs the body directly followed by the text of a header with the date: HMAC-SHA256 in hexadecimal.</summary>
/// <param name="secrets">Each is accepted; the first one signs. The key is the text's UTF-8 bytes.</param>
public sealed class DatedHmacAuthentication(Secrets secrets) : WebhookAuthentication
{
    // RFC 9110, for example "Fri, 20 Nov 2026 14:05:33 GMT".
    private const string HttpDate = "r";

    /// <summary>Header that carries the signature.</summary>
    public required string Header { get; init; }

    /// <summary>Header that carries the time of signing as an HTTP date.</summary>
    public required string DateHeader { get; init; }

    /// <summary>Longest accepted distance between the signed date and the arrival, both ways.</summary>
    /// <value>1 s to 7 days, default 5 min; longer than the vendor retries, where a retry keeps its date.</value>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override TimeSpan? ReplayWindow => Tolerance;

    /// <inheritdoc/>
    public override string Description => $"HMAC-SHA-256 of body and date, hex, header {Header}";

    /// <inheritdoc/>
    public override Verification Verify(WebhookRequest request)
    {
        if (request.Header(Header)?.Trim() is not { } header) return Verification.Reject($"header {Header} is missing");
        if (request.Header(DateHeader)?.Trim() is not { } date) return Verification.Reject($"header {DateHeader} is missing");
        if (Read(header) is not { } given) return Verification.Reject($"header {Header} is malformed");
        if (!DateTimeOffset.TryParseExact(date, HttpDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt))
            return Verification.Reject($"header {DateHeader} is malformed");
        var matches = false;
        foreach (var secret in secrets) matches |= CryptographicOperations.FixedTimeEquals(Digest(secret, request.Body.Span, date), given);
        if (!matches) return Verification.Reject("the signature does not match");
        var distance = request.ReceivedAt.ToUnixTimeSeconds() - signedAt.ToUnixTimeSeconds();
        return Math.Abs(distance) <= Tolerance.TotalSeconds ? Verification.Accept : Verification.Reject("the signed time is too far from now");
    }

    /// <inheritdoc/>
    public override WebhookRequest Sign(WebhookRequest request)
    {
        var date = request.ReceivedAt.ToString(HttpDate, CultureInfo.InvariantCulture);
        return request.WithHeader(DateHeader, date).WithHeader(Header, Convert.ToHexStringLower(Digest(secrets[0], request.Body.Span, date)));
    }

    private static byte[] Digest(string secret, ReadOnlySpan<byte> body, string date)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(body);
        hmac.AppendData(Encoding.UTF8.GetBytes(date));
        return hmac.GetHashAndReset();
    }

    private static byte[]? Read(string text)
    {
        var digest = new byte[32];
        return Convert.FromHexString(text, digest, out var consumed, out var written) is System.Buffers.OperationStatus.Done && consumed == text.Length && written == digest.Length ? digest : null;
    }
}
