namespace IntegrationHub.Connectors.HubSpot;

/// <summary>One event of a delivery: something happened to an object, and hardly more is told.</summary>
internal sealed class HubSpotEvent(Payload told)
{
    /// <summary>The topic; newer documentation names the member <c>eventType</c>.</summary>
    public static string TopicOf(Payload told) => told["subscriptionType"].Text() ?? told["eventType"].Text() ?? throw told["subscriptionType"].Missing();

    public string Topic => TopicOf(told);

    /// <summary>The account.</summary>
    public string Portal => told["portalId"].RequiredId();

    /// <summary>The kind of object, by the topic, or by the type where the topic is <c>object.*</c>; null when the hub does not read such objects.</summary>
    public HubSpotKind? Kind => Topic.Split('.')[0] is var name && name == "object" ? HubSpotKind.Typed(told["objectTypeId"].RequiredText()) : HubSpotKind.Named(name);

    /// <summary>The object.</summary>
    public string ObjectId => Number(told["objectId"]);

    /// <summary>When it happened.</summary>
    public DateTimeOffset At => told["occurredAt"].Integer() is { } milliseconds ? HubSpotTime.Of(milliseconds, told["occurredAt"].Path) : throw told["occurredAt"].Missing();

    /// <summary>The property that changed.</summary>
    public string? PropertyName => told["propertyName"].Text();

    /// <summary>Its new value.</summary>
    public string? PropertyValue => told["propertyValue"].Text();

    /// <summary>What came of a merge.</summary>
    public string MergedInto => Number(told["newObjectId"]);

    /// <summary>What was merged, and is no more.</summary>
    public IEnumerable<string> Merged => told["mergedObjectIds"].Items().Prepend(told["primaryObjectId"]).Select(Number).Where(id => id != MergedInto).Distinct(StringComparer.Ordinal);

    /// <summary>Both ends of an association, where the hub reads such objects: by their types, or by the names in <c>CONTACT_TO_COMPANY</c>.</summary>
    public IEnumerable<(HubSpotKind Kind, string Id)> Ends()
    {
        var names = told["associationType"].Text()?.Split("_TO_") ?? [];
        var from = HubSpotKind.Typed(told["fromObjectTypeId"].Text()) ?? HubSpotKind.Named(names.FirstOrDefault());
        var to = HubSpotKind.Typed(told["toObjectTypeId"].Text()) ?? HubSpotKind.Named(names.LastOrDefault());
        if (from is not null) yield return (from, Number(told["fromObjectId"]));
        if (to is not null) yield return (to, Number(told["toObjectId"]));
    }

    // An id becomes part of an address, and of a reference.
    private static string Number(Payload id) => id.RequiredId() is var text && text.All(char.IsAsciiDigit) ? text : throw id.Not("a whole number");
}
