using System.Security.Cryptography;

namespace IntegrationHub.Connectors.Segment;

/// <summary>
/// A write key names the source. A server's key is a secret and proves the sender; a browser's key stands in pages, and is good for what any visitor may say, from known
/// origins. Segment's Webhooks destination signs instead: hex HMAC-SHA1 of the body in <c>X-Signature</c>, of a list only its first element.
/// See https://segment.com/docs/connections/sources/catalog/libraries/server/http-api and https://github.com/segmentio/action-destinations (webhook), read 2026-11-20.
/// </summary>
internal sealed class SegmentAuthentication(SegmentSettings settings, SegmentEventNames names, SegmentCors cors) : WebhookAuthentication
{
    private const string SignatureHeader = "X-Signature";
    private const string Parameter = "writeKey";

    private static readonly Verification Unreadable = Verification.Reject("the body is packed and can't be unpacked");
    private static readonly Verification NoKey = Verification.Reject("there is no write key: not as user of basic authentication, nor in body or address");
    private static readonly Verification Mismatch = Verification.Reject("the write key does not match");
    private static readonly Verification Elsewhere = Verification.Reject("a browser key came from an origin that allowedOrigins does not list");
    private static readonly Verification NotForBrowsers = Verification.Reject("a browser key may not alias, delete, or report bounces and complaints; a server's key may");
    private static readonly Verification NotJson = Verification.Reject("a browser key came with a body that is not JSON");
    private static readonly Verification OnlyFirstIsSigned = Verification.Reject("of several events only the first is signed: turn batching off at the Webhooks destination");

    private readonly HmacAuthentication? signature = settings.WebhookSecret is { } secret ? new HmacAuthentication(secret) { Header = SignatureHeader, Hash = HashAlgorithmName.SHA1 } : null;

    public override string Description =>
        "write key as user of basic authentication, in body or address" + (signature is null ? "" : $"; or HMAC-SHA-1 of the body, hex, header {SignatureHeader}");

    /// <summary>A write key covers nothing.</summary>
    public override bool CoversBody => false;

    public override Verification Verify(WebhookRequest request)
    {
        if (SegmentBody.Unpack(request.Body) is not { } body) return Unreadable;
        var signed = VerifySignature(request, body);
        if (signed is Verification.Accepted) return signed;
        return WriteKey(request, body) is { } key ? VerifyKey(key, request, body) : signed ?? NoKey;
    }

    public override WebhookRequest Sign(WebhookRequest request) =>
        request.WithHeader("Authorization", $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(settings.WebhookToken[0] + ":"))}");

    /// <summary>The body unpacked, so that an erasure finds what is in it, and without the servers' keys.</summary>
    public override ReadOnlyMemory<byte> WithoutProof(ReadOnlyMemory<byte> body) => SegmentBody.Unpack(body) is { } text ? SegmentBody.Blank(text, settings.WebhookToken) : body;

    /// <summary>Whether an accepted request was accepted for its browser key alone.</summary>
    public bool IsByBrowserKey(WebhookRequest request) =>
        settings.BrowserKeys.Count > 0 && SegmentBody.Unpack(request.Body) is { } body && VerifySignature(request, body) is not Verification.Accepted
        && WriteKey(request, body) is { } key && !IsAmong(settings.WebhookToken, key);

    private Verification? VerifySignature(WebhookRequest request, ReadOnlyMemory<byte> body)
    {
        if (signature is null || request.Header(SignatureHeader) is null) return null;
        var first = JsonPeek.FirstItem(body, out var isOnly);
        if (first.IsEmpty) return signature.Verify(request with { Body = body });
        var verification = signature.Verify(request with { Body = first });
        return verification is Verification.Accepted && !isOnly ? OnlyFirstIsSigned : verification;
    }

    private Verification VerifyKey(string key, WebhookRequest request, ReadOnlyMemory<byte> body)
    {
        if (IsAmong(settings.WebhookToken, key)) return Verification.Accept;
        if (!IsAmong(settings.BrowserKeys, key)) return Mismatch;
        if (cors.OriginOf(request) is null) return Elsewhere;
        try
        {
            return SegmentBody.Calls(Payload.Parse(body)).All(call => names.MayComeFromBrowsers(call, request.Path)) ? Verification.Accept : NotForBrowsers;
        }
        catch (PayloadException)
        {
            return NotJson;
        }
    }

    private static string? WriteKey(WebhookRequest request, ReadOnlyMemory<byte> body)
    {
        string?[] places =
        [
            request.PathToken,
            BasicCredentials.Of(request)?.User,
            JsonPeek.Text(body.Span, Parameter),
            JsonPeek.Text(JsonPeek.FirstItem(body, out _, "batch").Span, Parameter),
            JsonPeek.Text(JsonPeek.FirstItem(body, out _).Span, Parameter),
            request.Parameters().LastOrDefault(parameter => parameter.Name == Parameter).Value,
        ];
        return Array.Find(places, place => !string.IsNullOrEmpty(place));
    }

    private static bool IsAmong(IReadOnlyList<string> keys, string given)
    {
        var matches = false;
        foreach (var key in keys) matches |= SameText(key, given);
        return matches;
    }
}
