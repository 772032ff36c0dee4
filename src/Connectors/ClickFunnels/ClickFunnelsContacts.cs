using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Reads <c>contact.*</c> and <c>contacts/applied_tag.*</c>.</summary>
internal static class ClickFunnelsContacts
{
    public static Normalization Observed(ClickFunnelsEvent told)
    {
        var contact = told.Data;
        if (IsAnonymous(contact)) return told.Ignored("a visitor without an e-mail address or phone number: contact.identified tells who it is");
        return ClickFunnelsEvent.Facts(contact, new Fact($"contacts/{told.Id}/state/{ClickFunnelsEvent.Stamp(told.UpdatedAt)}", new ContactObserved
        {
            OccurredAt = told.UpdatedAt,
            Person = ClickFunnelsPeople.Of(contact, contact["id"]),
            Source = told.Source("contact"),
            Attribution = ClickFunnelsPeople.Attribution(contact),
        }));
    }

    public static Normalization Deleted(ClickFunnelsEvent told) => Normalization.Of($"contacts/{told.Id}/deleted", new ContactRemovedAtSource
    {
        OccurredAt = told.ToldAt,
        Person = new Person { Identifiers = [Identifier.Customer(told.Id)] },
        Source = told.Source("contact"),
    });

    public static Normalization Tagged(ClickFunnelsEvent told) => Tag(told, "created", told.CreatedAt, tag => new Person { Tags = [tag] });

    public static Normalization Untagged(ClickFunnelsEvent told) => Tag(told, "deleted", told.ToldAt, tag => new Person { RemovedTags = [tag] });

    /// <summary>That a contact does not want e-mails any more; nothing where it says nothing.</summary>
    public static IEnumerable<Fact> Unsubscribed(Payload contact)
    {
        if (contact["unsubscribed_at"].Time() is not { } at || contact["id"].Id() is not { } id || IsAnonymous(contact)) return [];
        return
        [
            new Fact($"contacts/{id}/unsubscribed/{ClickFunnelsEvent.Stamp(at)}", new EmailUnsubscribed
            {
                OccurredAt = at,
                Person = new Person { Identifiers = ClickFunnelsPeople.Identifiers(contact, contact["id"]) },
                Source = new SourceReference { ObjectType = "contact", ObjectId = id },
            }),
        ];
    }

    private static Normalization Tag(ClickFunnelsEvent told, string what, DateTimeOffset at, Func<string, Person> person)
    {
        var contactId = told.Data["contact_id"].RequiredId();
        if (told.Data["tag"]["name"].Text() is not { } tag) return new Normalization.NeedsHydration(new ObjectReference("contact", contactId));
        return Normalization.Of($"applied-tags/{told.Id}/{what}", new ContactObserved
        {
            OccurredAt = at,
            Person = person(tag) with { Identifiers = [Identifier.Customer(contactId)] },
            Source = told.Source("applied_tag"),
        });
    }

    private static bool IsAnonymous(Payload contact) => contact["email_address"].Text() is null && contact["phone_number"].Text() is null;
}
