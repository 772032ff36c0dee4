using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>
/// The vendor signs a timestamp and the body with its private key, and the hub holds the public one: ECDSA with SHA-256 of the timestamp's text directly
/// followed by the body, the signature in ASN.1 DER as base64.
/// </summary>
/// <remarks>Only a private key can sign. One may stand in place of the public key for demos, drills and tests; its public half verifies.</remarks>
/// <param name="keys">Each is accepted, marked by <see cref="EcdsaKeysAttribute"/>; the first private one signs.</param>
/// <exception cref="FormatException">One is not a key.</exception>
public sealed class EcdsaAuthentication(Secrets keys) : WebhookAuthentication
{
    private readonly EcdsaKey[] accepted = [.. keys.Select(key => EcdsaKey.TryParse(key) ?? throw new FormatException("A key is neither a public nor a private one for ECDSA."))];

    /// <summary>Header that carries the signature.</summary>
    public required string Header { get; init; }

    /// <summary>Header that carries the time of signing, in Unix seconds.</summary>
    public required string TimeHeader { get; init; }

    /// <summary>Longest accepted distance between the signed time and the arrival, both ways.</summary>
    /// <value>1 s to 7 days, default 5 min; longer than the vendor retries, where a retry keeps its time.</value>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override TimeSpan? ReplayWindow => Tolerance;

    /// <inheritdoc/>
    public override string Description => $"ECDSA-SHA-256 of time and body, base64, header {Header}";

    /// <inheritdoc/>
    public override bool CanSign => accepted.Any(key => key.IsPrivate);

    /// <inheritdoc/>
    public override Verification Verify(WebhookRequest request)
    {
        if (request.Header(Header)?.Trim() is not { } header) return Verification.Reject($"header {Header} is missing");
        if (request.Header(TimeHeader)?.Trim() is not { } time) return Verification.Reject($"header {TimeHeader} is missing");
        if (Read(header) is not { } signature) return Verification.Reject($"header {Header} is malformed");
        if (time.Length > 18 || !time.All(char.IsAsciiDigit)) return Verification.Reject($"header {TimeHeader} is malformed");
        var hash = Hash(time, request.Body.Span);
        if (!accepted.Any(key => key.Verify(hash, signature))) return Verification.Reject("the signature does not match");
        var distance = request.ReceivedAt.ToUnixTimeSeconds() - long.Parse(time, CultureInfo.InvariantCulture);
        return Math.Abs(distance) <= Tolerance.TotalSeconds ? Verification.Accept : Verification.Reject("the signed time is too far from now");
    }

    /// <inheritdoc/>
    public override WebhookRequest Sign(WebhookRequest request)
    {
        var key = accepted.FirstOrDefault(key => key.IsPrivate)
            ?? throw new InvalidOperationException("The connection holds a public key, which can't sign: only the vendor has the private one.");
        var time = request.ReceivedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return request.WithHeader(TimeHeader, time).WithHeader(Header, Convert.ToBase64String(key.Sign(Hash(time, request.Body.Span))));
    }

    private static byte[] Hash(string time, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(time));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    // A signature is some 72 bytes for P-256, and 139 at most for the longest curve in use. The framework passes over blanks and stray bits: only the one spelling that a vendor writes counts.
    private static byte[]? Read(string text)
    {
        var signature = new byte[192];
        if (text.Length > 256 || !Convert.TryFromBase64String(text, signature, out var length)) return null;
        return Convert.ToBase64String(signature, 0, length) == text ? signature[..length] : null;
    }
}
