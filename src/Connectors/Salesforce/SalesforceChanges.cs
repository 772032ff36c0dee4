using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>What becomes of change events.</summary>
/// <param name="people">Reads contacts and leads.</param>
/// <param name="canFetch">Whether the settings hold a key to the API.</param>
internal sealed class SalesforceChanges(SalesforcePeople people, bool canFetch)
{
    /// <summary>Contacts and leads tell what changed of them; after a gap they are read. So are deleted ones: only the API tells into which one they were merged.</summary>
    public Normalization Person(SalesforceChange change)
    {
        if (change.Ids() is not { } ids) return Unnamed(change);
        if (change.IsDeletion)
            return new Normalization.Events([.. ids.Select(id => SalesforcePeople.Removed(change.Entity, id, change.At))]) { ToFetch = canFetch ? References(change.Entity, ids) : [] };
        if (change.IsGap) return Fetch(change.Entity, ids);
        return Normalization.Of([.. ids.SelectMany(id => people.Seen(change.Record(id), change.Key, change.At, TimeBasis.Vendor, change.Changed))]);
    }

    /// <summary>Of other records the change does not tell whom they are about: they are read, deleted ones too.</summary>
    public Normalization Thing(SalesforceChange change) => change.Ids() is { } ids ? Fetch(change.Entity, ids) : Unnamed(change);

    /// <summary>Somebody has a role in an opportunity, which is read then. Of one that ended it is not told in which.</summary>
    public Normalization Role(SalesforceChange change) => change.Opportunity is { } opportunity
        ? Fetch("Opportunity", [opportunity])
        : new Normalization.Ignored($"change/{change.Entity}", "does not tell the opportunity, which is the same as before");

    /// <summary>The wish of a person to be forgotten. It is taken whatever the settings read, and looked for where the change does not tell.</summary>
    public Normalization Individual(SalesforceChange change)
    {
        if (change.Ids() is not { } ids) return Unnamed(change);
        if (change.IsGap) return Fetch(change.Entity, ids);
        return change.Record(ids[0]).Flag("ShouldForget") is true
            ? Normalization.Of([.. ids.Select(id => SalesforcePeople.Forgotten(id, change.At))])
            : new Normalization.Ignored($"change/{change.Entity}", NoWish);
    }

    /// <summary>Has records read.</summary>
    public Normalization Fetch(string entity, IReadOnlyList<string> ids) => canFetch
        ? new Normalization.NeedsHydration(References(entity, ids))
        : new Normalization.Ignored(entity, "has to be read from the API, and the settings hold no key to it: set myDomain, clientId and clientSecret, then replay");

    /// <summary>Why an Individual tells nothing.</summary>
    public const string NoWish = "does not say that the person is to be forgotten";

    private static IReadOnlyList<ObjectReference> References(string entity, IEnumerable<string> ids) => [.. ids.Select(id => new ObjectReference(entity, id))];

    private static Normalization.Ignored Unnamed(SalesforceChange change) =>
        new($"change/{change.Entity}", "names no records, because there were too many: read this kind of records from the API again");
}
