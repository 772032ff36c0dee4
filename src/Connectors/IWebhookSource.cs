using System.Collections.ObjectModel;

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

    /// <summary>Parameters of the address's query that <see cref="Normalize"/> reads. None with a secret: these are stored.</summary>
    IReadOnlyList<string> KeptParameters => [];

    /// <summary>Methods that deliveries come by, in upper case.</summary>
    IReadOnlyList<string> Methods => ["POST"];

    /// <summary>Accepts, rejects, or answers a handshake.</summary>
    Verification Verify(WebhookRequest request) => Authentication.Verify(request);

    /// <summary>The answer that the vendor wants for an outcome, where it is not the usual one; null for that. The hub adds <c>Retry-After</c> where it asks for a repetition.</summary>
    /// <remarks>A status below 300 for <see cref="WebhookOutcome.NotStored"/> would lose the delivery: the hub refuses such an answer and gives its own.</remarks>
    WebhookReply? Answer(WebhookOutcome outcome, WebhookRequest request) => null;

    /// <summary>Headers that every answer to the request carries, the hub's own answers included: for senders that are pages in a browser.</summary>
    IReadOnlyDictionary<string, string> AnswerHeaders(WebhookRequest request) => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The vendor's id of this delivery, the same on a retry; null when the vendor has none (then the body's hash stands in). Never throws.</summary>
    string? DeliveryId(WebhookRequest request);

    /// <summary>Whether the vendor has no id of a delivery and sends the same body for different changes, because it only says that something changed. Each request is then a delivery of its own: a retry is not recognised, and tells nothing new.</summary>
    bool RepeatsBodies => false;

    /// <summary>Names what a request tells besides its body, such as the topic, where the body is one of a kind because a version or time stands in it: the same body under this name then tells nothing new, and is a replay even under another id. Null where the same body may tell something new. Never throws.</summary>
    string? ReplayName(WebhookRequest request) => null;

    /// <summary>Whether it reads bodies that come packed (<c>Content-Encoding</c>): within bounds of its own. Elsewhere such a request is answered 415.</summary>
    bool ReadsPackedBodies => false;

    /// <summary>How many requests one address may send in a minute with the proof that this one carries; null without limit. For proofs that anybody can have, such as a key in a page.</summary>
    int? RequestsPerMinute(WebhookRequest request) => null;

    /// <summary>Turns a verified delivery into facts.</summary>
    /// <exception cref="PayloadException">The delivery can't be read; the hub quarantines it with the path and the problem.</exception>
    Normalization Normalize(WebhookDelivery delivery) => Topics.Normalize(Topic(delivery), delivery);
}

/// <summary>A connector whose senders choose the path: it serves paths at the root of the hub besides <c>/webhooks/{connection}</c>.</summary>
public interface IRoutedSource : IWebhookSource
{
    /// <summary>The first segments of its paths, for example <c>v1</c>: everything below is tried with each enabled connection of the connector until one accepts the sender.</summary>
    IReadOnlyList<string> Roots { get; }
}
