using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>A shared secret signs the body, alone or with a timestamp.</summary>
/// <param name="secrets">Each is accepted; the first one signs. The key is the text's UTF-8 bytes.</param>
public sealed class HmacAuthentication(Secrets secrets) : WebhookAuthentication
{
    /// <summary>Header that carries the signature.</summary>
    public required string Header { get; init; }

    /// <summary>Hash of the HMAC: SHA-256 (default), SHA-1 or SHA-512.</summary>
    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>How the digest is written.</summary>
    public SignatureEncoding Encoding { get; init; } = SignatureEncoding.Hex;

    /// <summary>How the header is built.</summary>
    public SignatureLayout Layout { get; init; } = SignatureLayout.Plain;

    /// <summary>Text before the digest, for example <c>sha256=</c>; plain layout only.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What is signed; plain layout only. Default: the body alone.</summary>
    public SignedContent Content { get; init; } = SignedContent.BodyAlone;

    /// <summary>Longest accepted distance between the signed time and the arrival, both ways; where a time is signed.</summary>
    /// <value>1 s to 7 days, default 5 min; longer than the vendor retries, where a retry keeps its time.</value>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override TimeSpan? ReplayWindow => Layout is SignatureLayout.Timestamped || Content.SignsTime ? Tolerance : null;

    /// <inheritdoc/>
    public override string Description =>
        $"HMAC-{Hash.Name?.Replace("SHA", "SHA-")} of {(Layout is SignatureLayout.Plain ? Content.Description : "time and body")}, {Encoding.ToString().ToLowerInvariant()}, header {Header}";

    /// <inheritdoc/>
    public override Verification Verify(WebhookRequest request)
    {
        if (request.Header(Header) is not { } header) return Verification.Reject($"header {Header} is missing");
        return Layout switch
        {
            SignatureLayout.Plain => VerifyPlain(header.Trim(), request),
            SignatureLayout.Timestamped => VerifyTimestamped(header, request),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <inheritdoc/>
    public override WebhookRequest Sign(WebhookRequest request)
    {
        var seconds = request.ReceivedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Layout switch
        {
            SignatureLayout.Plain => SignPlain(Content.Prepare(request)),
            SignatureLayout.Timestamped => request.WithHeader(Header,
                $"t={seconds},v1={Write(Digest(secrets[0], seconds + ".", request.Body.Span))}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private WebhookRequest SignPlain(WebhookRequest request) =>
        request.WithHeader(Header, Prefix + Write(Digest(secrets[0], Content.Before(request), request.Body.Span, Content.After(request))));

    private Verification VerifyPlain(string header, WebhookRequest request)
    {
        if (Content.MissingHeader(request) is { } missing) return Verification.Reject($"header {missing} is missing");
        if (!header.StartsWith(Prefix, StringComparison.Ordinal) || Read(header[Prefix.Length..]) is not { } given)
            return Malformed;
        var time = Content.Time(request);
        if (Content.TimeHeader is { } timeHeader && time is null) return Verification.Reject($"header {timeHeader} is malformed");
        if (!MatchesAny([given], Content.Before(request), request.Body.Span, Content.After(request))) return Mismatch;
        return time is null || (request.ReceivedAt - time.Value).Duration() <= Tolerance ? Verification.Accept : TooFar;
    }

    private Verification VerifyTimestamped(string header, WebhookRequest request)
    {
        string? time = null;
        List<byte[]> given = [];
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) return Malformed;
            var value = part[(equals + 1)..];
            if (part.AsSpan(0, equals) is "t") time = time is null ? value : "";
            else if (part.AsSpan(0, equals) is "v1" && Read(value) is { } digest) given.Add(digest);
        }
        if (time is null || given.Count is 0 or > 16 || !IsDigits(time)) return Malformed;
        if (!MatchesAny(given, time + ".", request.Body.Span)) return Mismatch;
        var distance = request.ReceivedAt.ToUnixTimeSeconds() - long.Parse(time, CultureInfo.InvariantCulture);
        return Math.Abs(distance) <= Tolerance.TotalSeconds ? Verification.Accept : TooFar;
    }

    private bool MatchesAny(List<byte[]> given, string before, ReadOnlySpan<byte> body, string after = "")
    {
        var matches = false;
        foreach (var secret in secrets)
        {
            var expected = Digest(secret, before, body, after);
            foreach (var digest in given) matches |= CryptographicOperations.FixedTimeEquals(expected, digest);
        }
        return matches;
    }

    private byte[] Digest(string secret, string before, ReadOnlySpan<byte> body, string after = "")
    {
        using var hmac = IncrementalHash.CreateHMAC(Hash, System.Text.Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(System.Text.Encoding.UTF8.GetBytes(before));
        hmac.AppendData(body);
        hmac.AppendData(System.Text.Encoding.UTF8.GetBytes(after));
        return hmac.GetHashAndReset();
    }

    private string Write(byte[] digest) =>
        Encoding is SignatureEncoding.Hex ? Convert.ToHexStringLower(digest) : Convert.ToBase64String(digest);

    private byte[]? Read(string text)
    {
        try
        {
            var digest = Encoding is SignatureEncoding.Hex ? Convert.FromHexString(text) : Convert.FromBase64String(text);
            // The framework passes over blanks and stray bits in base64: only the one spelling that a vendor writes counts.
            return digest.Length == Length && (Encoding is SignatureEncoding.Hex || Write(digest) == text) ? digest : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private int Length => Hash == HashAlgorithmName.SHA512 ? SHA512.HashSizeInBytes : Hash == HashAlgorithmName.SHA1 ? SHA1.HashSizeInBytes : SHA256.HashSizeInBytes;

    private static bool IsDigits(string text) => text.Length is > 0 and <= 18 && text.All(char.IsAsciiDigit);

    private Verification Malformed => Verification.Reject($"header {Header} is malformed");

    private static Verification TooFar { get; } = Verification.Reject("the signed time is too far from now");

    private static Verification Mismatch { get; } = Verification.Reject("the signature does not match");
}

/// <summary>How a digest is written.</summary>
public enum SignatureEncoding
{
    /// <summary>Hexadecimal; written in lower case, read in both.</summary>
    Hex,

    /// <summary>Standard base64 with padding.</summary>
    Base64,
}

/// <summary>How a signature header is built.</summary>
public enum SignatureLayout
{
    /// <summary>The header is the digest, of the body or of what <see cref="HmacAuthentication.Content"/> says.</summary>
    Plain,

    /// <summary>The header is <c>t=unix seconds,v1=digest[,v1=digest…]</c>, the digest of <c>{t}.{body}</c>. Unknown parts are passed over.</summary>
    Timestamped,
}
