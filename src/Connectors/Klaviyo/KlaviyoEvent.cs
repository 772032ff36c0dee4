using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Klaviyo;

/// <summary>One event of a batch, and what its topics share.</summary>
internal sealed class KlaviyoEvent(Payload told)
{
    private readonly Payload data = told["payload"]["data"];

    /// <summary>The topic.</summary>
    public static string TopicOf(Payload told) => told["topic"].RequiredText();

    /// <summary>Klaviyo's id of the event, the same on a retry and in its API.</summary>
    public string Id { get; } = told["external_id"].RequiredId();

    /// <summary>When it happened, UTC. The text beside it says the same, with a blank in place of the T.</summary>
    public DateTimeOffset Time { get; } = told["payload"]["data"]["attributes"]["timestamp"].RequiredEpochSeconds();

    /// <summary>What the metric tells, under names that differ from one to the next.</summary>
    public Payload Properties => data["attributes"]["event_properties"];

    /// <summary>Whom it concerns: the profile, and the address that a message went to.</summary>
    public Person Person
    {
        get
        {
            List<Identifier> identifiers = [Identifier.Customer(data["relationships"]["profile"]["data"]["id"].RequiredId())];
            if (Text("Recipient Email Address") is { } email) identifiers.Add(Identifier.Email(email));
            return new Person { Identifiers = identifiers };
        }
    }

    /// <summary>Names the fact where nothing but the event tells it.</summary>
    public string Key => $"events/{Id}";

    /// <summary>The event as the vendor's object.</summary>
    public SourceReference Source => new() { ObjectType = "event", ObjectId = Id, Url = data["links"]["self"].Text() };

    /// <summary>The message, of a campaign or a flow.</summary>
    public string? MessageId => Properties["$message"].Id();

    /// <summary>Name of the campaign, else the subject.</summary>
    public string? CampaignName => Text("Campaign Name") ?? Text("Subject");

    /// <summary>The first of these properties that is told as a text.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Properties[name] is { IsText: true } property && property.Text() is { } text) return text;
        }
        return null;
    }

    /// <summary>The first of these properties that is told as a text, a number or a flag.</summary>
    public string? Scalar(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Properties[name] is { IsList: false, IsObject: false } property && property.Scalar() is { } text) return text;
        }
        return null;
    }

    /// <summary>That it says nothing that the hub keeps.</summary>
    public Normalization Ignored(string reason) => new Normalization.Ignored(TopicOf(told), reason);
}
