namespace IntegrationHub.Connectors;

/// <summary>A connector whose vendor sends webhooks. All members are synchronous and pure: no I/O, no clock, the same input gives the same output.</summary>
public interface IWebhookSource
{
    /// <summary>How the vendor proves that a request is its own.</summary>
    WebhookAuthentication Authentication { get; }

    /// <summary>The topics that are understood, and those that are ignored on purpose.</summary>
    TopicTable Topics { get; }

    /// <summary>The topic of a delivery.</summary>
    /// <exception cref="PayloadException">It can't be told.</exception>
    string Topic(WebhookDelivery delivery);

    /// <summary>Headers that <see cref="Normalize"/> reads, besides <c>Content-Type</c>. No header with a secret: these are stored.</summary>
    IReadOnlyList<string> KeptHeaders => [];

    /// <summary>Accepts, rejects, or answers a handshake.</summary>
    Verification Verify(WebhookRequest request) => Authentication.Verify(request);

    /// <summary>The vendor's id of this delivery, the same on a retry; null when the vendor has none (then the body's hash stands in). Never throws.</summary>
    string? DeliveryId(WebhookRequest request);

    /// <summary>Turns a verified delivery into facts.</summary>
    /// <exception cref="PayloadException">The delivery can't be read; the hub quarantines it with the path and the problem.</exception>
    Normalization Normalize(WebhookDelivery delivery) => Topics.Normalize(Topic(delivery), delivery);
}
