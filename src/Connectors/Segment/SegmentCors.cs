using System.Collections.ObjectModel;

namespace IntegrationHub.Connectors.Segment;

/// <summary>What browsers have to be told before pages of other origins may call: CORS of the Fetch standard.</summary>
internal sealed class SegmentCors(IReadOnlyList<string> allowedOrigins)
{
    private static readonly Verification Stranger = Verification.Reject("a browser asked for an origin that allowedOrigins does not list");

    /// <summary>The allowed origin that the request comes from, as the settings write it; null when it comes from none.</summary>
    public string? OriginOf(WebhookRequest request) =>
        request.Header("Origin") is { } origin ? allowedOrigins.FirstOrDefault(allowed => string.Equals(allowed, origin, StringComparison.OrdinalIgnoreCase)) : null;

    /// <summary>Headers without which the browser would keep the answer from the page.</summary>
    public IReadOnlyDictionary<string, string> Headers(WebhookRequest request)
    {
        if (OriginOf(request) is not { } origin) return ReadOnlyDictionary<string, string>.Empty;
        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Access-Control-Allow-Origin"] = origin,
            ["Access-Control-Expose-Headers"] = "Retry-After",
            ["Vary"] = "Origin",
        };
    }

    /// <summary>Answers a browser that asks before it calls, which newer libraries cause by their headers.</summary>
    public Verification Preflight(WebhookRequest request) => OriginOf(request) is null
        ? Stranger
        : new Verification.Handshake(new WebhookReply
        {
            StatusCode = 204,
            Headers = new Dictionary<string, string>(Headers(request), StringComparer.OrdinalIgnoreCase)
            {
                ["Access-Control-Allow-Methods"] = "POST, OPTIONS",
                ["Access-Control-Allow-Headers"] = "authorization, content-type, x-retry-count",
                ["Access-Control-Max-Age"] = "86400",
            },
        });
}
