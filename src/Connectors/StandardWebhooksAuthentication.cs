using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>
/// A shared secret signs id, time and body in the manner of Standard Webhooks: base64 HMAC-SHA256 of <c>{id}.{time}.{body}</c> as <c>v1,digest</c>.
/// Several signatures are separated by blanks, and those of other versions are passed over. See https://www.standardwebhooks.com, read 2026-11-22.
/// </summary>
/// <param name="secrets">Each is accepted; the first one signs.</param>
/// <param name="form">What the text of a secret stands for.</param>
/// <exception cref="FormatException">A secret should be base64 and is not.</exception>
public sealed class StandardWebhooksAuthentication(Secrets secrets, StandardWebhooksSecret form) : WebhookAuthentication
{
    private const string Version = "v1,";
    private const int MaxSignatures = 16;

    private readonly byte[][] keys = [.. secrets.Select(secret => Key(secret, form))];

    /// <summary>What the names of the three headers begin with: <c>webhook</c> in the standard, <c>svix</c> at its elder brother's.</summary>
    public string HeaderPrefix { get; init; } = "webhook";

    /// <summary>Longest accepted distance between the signed time and the arrival, both ways.</summary>
    /// <value>1 s to 1 h, default 5 min.</value>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override TimeSpan? ReplayWindow => Tolerance;

    /// <inheritdoc/>
    public override ReplayDefence ReplayDefence => ReplayDefence.SignedId;

    /// <inheritdoc/>
    public override string Description => $"HMAC-SHA-256 of id, time and body, base64, header {SignatureHeader}";

    /// <summary>The header with the id of the delivery, the same on a retry.</summary>
    public string IdHeader => $"{HeaderPrefix}-id";

    private string TimeHeader => $"{HeaderPrefix}-timestamp";

    private string SignatureHeader => $"{HeaderPrefix}-signature";

    /// <inheritdoc/>
    public override Verification Verify(WebhookRequest request)
    {
        if (request.Header(IdHeader)?.Trim() is not { } id) return Missing(IdHeader);
        if (request.Header(TimeHeader)?.Trim() is not { } time) return Missing(TimeHeader);
        if (request.Header(SignatureHeader) is not { } signatures) return Missing(SignatureHeader);
        // A dot in the id could stand for the one behind it.
        if (id.Contains('.', StringComparison.Ordinal)) return Malformed(IdHeader);
        if (time.Length > 18 || !time.All(char.IsAsciiDigit)) return Malformed(TimeHeader);
        var given = Read(signatures);
        if (given.Count is 0 or > MaxSignatures) return Malformed(SignatureHeader);
        var matches = false;
        foreach (var key in keys)
        {
            var expected = Digest(key, id, time, request.Body.Span);
            foreach (var digest in given) matches |= CryptographicOperations.FixedTimeEquals(expected, digest);
        }
        if (!matches) return Verification.Reject("the signature does not match");
        var distance = request.ReceivedAt.ToUnixTimeSeconds() - long.Parse(time, CultureInfo.InvariantCulture);
        return Math.Abs(distance) <= Tolerance.TotalSeconds ? Verification.Accept : Verification.Reject("the signed time is too far from now");
    }

    /// <summary>Adds the proof. An id that the request has is kept; else one is made of the body.</summary>
    public override WebhookRequest Sign(WebhookRequest request)
    {
        var id = request.Header(IdHeader)?.Trim() ?? $"msg_{Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))[..24]}";
        var time = request.ReceivedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return request.WithHeader(IdHeader, id).WithHeader(TimeHeader, time)
            .WithHeader(SignatureHeader, Version + Convert.ToBase64String(Digest(keys[0], id, time, request.Body.Span)));
    }

    private static byte[] Key(string secret, StandardWebhooksSecret form)
    {
        if (form is StandardWebhooksSecret.Text) return Encoding.UTF8.GetBytes(secret);
        const string prefix = "whsec_";
        var text = secret.StartsWith(prefix, StringComparison.Ordinal) ? secret[prefix.Length..] : secret;
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length > 0 ? key[..length] : throw new FormatException("A secret is not base64.");
    }

    private static byte[] Digest(byte[] key, string id, string time, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{time}."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    // The framework passes over blanks and stray bits: only the one spelling that a vendor writes counts.
    private static List<byte[]> Read(string signatures)
    {
        List<byte[]> given = [];
        foreach (var part in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var digest = new byte[SHA256.HashSizeInBytes];
            if (!part.StartsWith(Version, StringComparison.Ordinal) || part.Length > 64 || !Convert.TryFromBase64String(part[Version.Length..], digest, out var length)) continue;
            if (length == digest.Length && Convert.ToBase64String(digest) == part[Version.Length..]) given.Add(digest);
        }
        return given;
    }

    private static Verification Missing(string header) => Verification.Reject($"header {header} is missing");

    private static Verification Malformed(string header) => Verification.Reject($"header {header} is malformed");
}

/// <summary>What the text of a secret stands for.</summary>
public enum StandardWebhooksSecret
{
    /// <summary>The key in base64, with or without <c>whsec_</c> before it: what the standard says.</summary>
    Base64,

    /// <summary>The key is the text's UTF-8 bytes: vendors who sign with a secret that they have for other things as well.</summary>
    Text,
}
