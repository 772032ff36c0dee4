namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>One event of a webhook, in either generation: an element of a list of CloudEvents, or an entity of <c>eventNotifications</c>.</summary>
/// <param name="Entity">Its kind in lower case, for example <c>invoice</c>.</param>
/// <param name="Operation">What was done, for example <c>created</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Item">The event as sent.</param>
internal sealed record QuickBooksEvent(string Entity, string Operation, Payload Id, Payload Item)
{
    /// <summary>When it happened.</summary>
    public DateTimeOffset At => (IsCloud ? Item["time"] : Item["lastUpdated"]).RequiredTime();

    /// <summary>The entity that was merged into this one.</summary>
    public Payload MergedId => IsCloud ? Item["data"]["deletedid"] : Item["deletedId"];

    private bool IsCloud => Item["type"].Exists;

    /// <summary>The events of a webhook, each with its company.</summary>
    public static IEnumerable<(string Company, Payload Item)> In(Payload body)
    {
        if (body.IsList) return body.Items().Select(item => (item["intuitaccountid"].RequiredId(), item));
        if (!body["eventNotifications"].Exists) throw body["eventNotifications"].Missing();
        return body["eventNotifications"].Items().SelectMany(company => company["dataChangeEvent"]["entities"].Items().Select(item => (company["realmId"].RequiredId(), item)));
    }

    /// <summary>The type of an event as CloudEvents name it, <c>qbo.invoice.created.v1</c>.</summary>
    public static string TypeOf(Payload item)
    {
        if (item["type"].Exists) return item["type"].RequiredText();
        var operation = item["operation"].RequiredText() switch
        {
            "Create" => "created",
            "Update" => "updated",
            "Delete" => "deleted",
            "Merge" => "merged",
            "Void" => "voided",
            var other => other.ToLowerInvariant(),
        };
        return $"qbo.{item["name"].RequiredText().ToLowerInvariant()}.{operation}.v1";
    }

    /// <summary>Reads an event of a known type.</summary>
    public static QuickBooksEvent Of(Payload item)
    {
        var parts = TypeOf(item).Split('.');
        return new QuickBooksEvent(parts[1], parts[2], item["type"].Exists ? item["intuitentityid"] : item["id"], item);
    }
}
