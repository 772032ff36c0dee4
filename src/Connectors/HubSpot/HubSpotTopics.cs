namespace IntegrationHub.Connectors.HubSpot;

/// <summary>What becomes of each topic.</summary>
internal static class HubSpotTopics
{
    private const string NoConversation = "conversations are not kept: a request to erase one names the thread and nobody, so that it could not be followed";
    private const string NoPerson = "is no person, and nothing of it is in the record";

    private static readonly string[] Unread = ["company", "ticket", "product", "line_item"];
    private static readonly string[] Happenings = ["creation", "propertyChange", "deletion", "merge", "restore", "associationChange"];

    public static TopicTable Table(HubSpotEvents events)
    {
        static Func<WebhookDelivery, Normalization> Read(Func<HubSpotEvent, Normalization> reader) => item => reader(new HubSpotEvent(item.Json));
        var table = new TopicTable
        {
            { "contact.privacyDeletion", Read(HubSpotEvents.Erased) },
            { "deal.deletion", "what was known of a deleted deal stays: it happened" },
            { "conversation.creation", NoConversation },
            { "conversation.newMessage", NoConversation },
            { "conversation.propertyChange", NoConversation },
            { "conversation.deletion", NoConversation },
            { "conversation.privacyDeletion", NoConversation },
            { "event.completed", "what it means, only its definition in the account tells" },
        };
        foreach (var name in new[] { "contact", "deal", "object" })
        {
            table.Add($"{name}.creation", Read(events.Changed));
            table.Add($"{name}.propertyChange", Read(events.PropertyChanged));
            table.Add($"{name}.restore", Read(events.CameBack));
            table.Add($"{name}.merge", Read(events.Merged));
            table.Add($"{name}.associationChange", Read(events.Associated));
            if (name != "deal") table.Add($"{name}.deletion", Read(events.Deleted));
        }
        foreach (var topic in Unread.SelectMany(name => Happenings.Select(happening => $"{name}.{happening}"))) table.Add(topic, NoPerson);
        return table;
    }
}
