namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>A page of contacts. Tags, lists and custom fields of all of them stand beside them, each with its contact's id.</summary>
internal sealed class ActiveCampaignPage(Payload page)
{
    /// <summary>The contacts, each with what belongs to it.</summary>
    public IEnumerable<(string Id, ReadOnlyMemory<byte> Body)> Contacts()
    {
        var names = page["tags"].Items().ToLookup(tag => tag["id"].RequiredId(), tag => tag["tag"], StringComparer.Ordinal);
        var tags = ByContact("contactTags");
        var lists = ByContact("contactLists");
        var fields = ByContact("fieldValues");
        foreach (var contact in page["contacts"].Items())
        {
            var id = contact["id"].RequiredId();
            yield return (id, ObjectBody.Of(
                ("contact", contact.Raw()),
                ("tags", ObjectBody.ListOf(tags[id].SelectMany(tag => names[tag["tag"].RequiredId()].Take(1)))),
                ("contactLists", ObjectBody.ListOf(lists[id])),
                ("fieldValues", ObjectBody.ListOf(fields[id]))));
        }
    }

    private ILookup<string, Payload> ByContact(string list) => page[list].Items().ToLookup(item => item["contact"].RequiredId(), StringComparer.Ordinal);
}
