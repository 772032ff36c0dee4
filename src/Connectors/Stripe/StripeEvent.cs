using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>A snapshot event: the envelope, and the object as it was when the event was created.</summary>
internal sealed class StripeEvent(Payload body)
{
    public string Id => body["id"].RequiredText();

    public string Topic => body["type"].RequiredText();

    /// <summary>When Stripe created the event; whole seconds, the same on every retry.</summary>
    public DateTimeOffset CreatedAt => body["created"].RequiredEpochSeconds();

    /// <summary>Names a state that nothing in the object names: several events of one object may share a second.</summary>
    public string StateKey => $"state/{CreatedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}/{Id}";

    public Payload Object => body["data"]["object"];

    /// <summary>What the members that changed were before; only on <c>*.updated</c>.</summary>
    public Payload Previous => body["data"]["previous_attributes"];

    public string ObjectId => Object["id"].RequiredText();

    public SourceReference Source => new() { ObjectType = Object["object"].RequiredText(), ObjectId = ObjectId };

    /// <summary>Where the person came from, by the metadata of the object: Stripe has no members of its own for it.</summary>
    public Attribution? Attribution => StripePeople.Attribution(Object["metadata"]);

    public Normalization Ignored(string reason) => new Normalization.Ignored(Topic, reason);

    /// <summary>Whether the body is a thin event, which only points at its object.</summary>
    /// <exception cref="PayloadException">It is no event at all.</exception>
    public static bool IsThin(Payload body) => body["object"].Text() switch
    {
        null or "event" => false,
        "v2.core.event" => true,
        _ => throw body["object"].Not("event or v2.core.event"),
    };

    /// <summary>The id of another object, which may stand there expanded.</summary>
    public static string? Reference(Payload reference) => reference.IsObject ? reference["id"].Text() : reference.Text();
}
