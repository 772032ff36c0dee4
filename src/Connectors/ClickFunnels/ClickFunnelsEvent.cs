using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>One webhook: the envelope, and the object as it was when the event happened; or an object of the API.</summary>
/// <param name="body">The body; of an object it has no envelope.</param>
/// <param name="kind">What an object is; null for a webhook, which tells its event itself.</param>
internal sealed class ClickFunnelsEvent(Payload body, string? kind = null)
{
    public const string TestReason = "it is a test: live_mode is false";

    public Payload Data { get; } = Object(body);

    public bool IsTest => Data["live_mode"].Flag() is false || Data["order"]["live_mode"].Flag() is false;

    public string Id => Data["id"].RequiredId();

    /// <summary>When ClickFunnels made the event; the same on every retry.</summary>
    public DateTimeOffset ToldAt => body["created_at"].RequiredTime();

    /// <summary>When the object was made.</summary>
    public DateTimeOffset CreatedAt => Data["created_at"].Time() ?? ToldAt;

    /// <summary>When the object was last saved: names its state.</summary>
    public DateTimeOffset UpdatedAt => Data["updated_at"].Time() ?? ToldAt;

    /// <summary>The object of an event: version 1 of the webhooks wraps it up in the manner of JSON:API.</summary>
    public static Payload Object(Payload body) => body["data"]["attributes"].IsObject ? body["data"]["attributes"] : body["data"];

    public SourceReference Source(string objectType) => new() { ObjectType = objectType, ObjectId = Id };

    public Normalization Ignored(string reason) => new Normalization.Ignored(kind ?? body["event_type"].RequiredText(), reason);

    /// <summary>The facts, and that the person in them does not want e-mails any more, where ClickFunnels says so.</summary>
    public static Normalization Facts(Payload contact, params IEnumerable<Fact> facts) =>
        Normalization.Of([.. facts, .. ClickFunnelsContacts.Unsubscribed(contact)]);

    /// <summary>A time as it stands in the key of a fact.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");

    /// <summary>The texts that are known, joined; null when none is.</summary>
    public static string? Joined(string separator, params IEnumerable<string?> texts) =>
        string.Join(separator, texts.Where(text => text is not null)) is { Length: > 0 } joined ? joined : null;
}
