using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnelsClassic;

/// <summary>One webhook. The object stands in it flat, under its name, or in the manner of JSON:API, as the webhook was set up.</summary>
internal sealed class ClassicEvent
{
    private readonly Payload body;
    private readonly bool isPurchase;

    public ClassicEvent(Payload body)
    {
        this.body = body;
        var data = body["data"];
        Object = data["attributes"].IsObject ? data["attributes"]
            : body["purchase"].IsObject ? body["purchase"]
            : body["id"].Exists ? body : body["contact"];
        isPurchase = Object["contact"].IsObject || Object["products"].IsList;
        Id = Object["id"].Id() ?? data["id"].RequiredId();
    }

    /// <summary>The purchase or contact.</summary>
    public Payload Object { get; }

    public string Id { get; }

    /// <summary>What it is and what happened to it; <c>created</c> where that is not said.</summary>
    public string Topic => $"{(isPurchase ? "purchase" : "contact")}_{body["event"].Text() ?? Object["event"].Text() ?? "created"}";

    public DateTimeOffset CreatedAt => Object["created_at"].RequiredTime();

    public DateTimeOffset UpdatedAt => Object["updated_at"].Time() ?? CreatedAt;

    public SourceReference Source => new() { ObjectType = isPurchase ? "purchase" : "contact", ObjectId = Id };

    /// <summary>A time as it stands in the key of a fact.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");
}
