using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>What events tell by themselves: deletions, merges, requests to erase, opt-outs and bounces. For the rest the object is fetched.</summary>
internal sealed class HubSpotEvents(HubSpotSettings settings)
{
    /// <summary>A contact that came back from the recycle bin: what it said counts again from then on, whenever it was changed last.</summary>
    public const string Restored = "restored-contact";

    // The deletion that HubSpot tells along with an erasure happens moments later, and is of the erased, too.
    private static readonly TimeSpan Aftermath = TimeSpan.FromMinutes(1);

    private static readonly string[] Bounces = ["hs_email_hard_bounce_reason", "hs_email_hard_bounce_reason_enum"];

    /// <summary>Something new of the object as a whole.</summary>
    public Normalization Changed(HubSpotEvent told) => Read(told, kind => Normalization.Fetch(kind.Name, told.ObjectId));

    /// <summary>A property changed.</summary>
    public Normalization PropertyChanged(HubSpotEvent told) => Read(told, kind =>
    {
        var fetch = Normalization.Fetch(kind.Name, told.ObjectId);
        if (kind != HubSpotKind.Contact) return fetch;
        if (told.PropertyName is "hs_email_optout" && told.PropertyValue is "true") return Normalization.Batch([Normalization.Of(HubSpotConsent.OptedOut(told.ObjectId, told.At)), fetch]);
        return Bounces.Contains(told.PropertyName, StringComparer.Ordinal) && told.PropertyValue is { } reason
            ? Normalization.Batch([Normalization.Of(HubSpotConsent.Bounced(told.ObjectId, told.At, reason)), fetch])
            : fetch;
    });

    /// <summary>It was put into the recycle bin.</summary>
    public Normalization Deleted(HubSpotEvent told) => Read(told, kind => kind == HubSpotKind.Contact
        ? Normalization.Of(HubSpotContacts.Removed(told.ObjectId, told.At))
        : new Normalization.Ignored(told.Topic, "what was known of a deleted deal, activity or order stays: it happened"));

    /// <summary>It came back.</summary>
    public Normalization CameBack(HubSpotEvent told) => Read(told, kind => kind == HubSpotKind.Contact
        ? Normalization.Fetch(Restored, $"{told.ObjectId}/{HubSpotTime.Key(told.At)}")
        : Normalization.Fetch(kind.Name, told.ObjectId));

    /// <summary>Since January 2025 a merge ends both objects and makes a third. See https://developers.hubspot.com/changelog, read 2026-11-20.</summary>
    public Normalization Merged(HubSpotEvent told) => Read(told, kind =>
    {
        var (into, fetch) = (told.MergedInto, Normalization.Fetch(kind.Name, told.MergedInto));
        if (kind != HubSpotKind.Contact) return fetch;
        return Normalization.Batch([.. told.Merged.Select(old => Normalization.Of(HubSpotContacts.Tied(into, old, told.At), HubSpotContacts.Removed(old, told.At))), fetch]);
    });

    /// <summary>Two objects were tied or untied: a deal or activity tells whom it is about, a contact which company it is of.</summary>
    public Normalization Associated(HubSpotEvent told)
    {
        var ends = told.Ends().Where(end => settings.Reads(end.Kind)).ToList();
        if (ends.Exists(end => end.Kind != HubSpotKind.Contact)) ends.RemoveAll(end => end.Kind == HubSpotKind.Contact);
        return ends.Count > 0
            ? new Normalization.NeedsHydration([.. ends.Select(end => new ObjectReference(end.Kind.Name, end.Id)).Distinct()])
            : new Normalization.Ignored(told.Topic, "associates kinds of objects that are not read");
    }

    /// <summary>The contact is to be forgotten.</summary>
    public static Normalization Erased(HubSpotEvent told) => Normalization.Of($"contacts/{told.ObjectId}/erased", new ErasureRequested
    {
        OccurredAt = told.At + Aftermath,
        Person = new Person { Identifiers = [Identifier.Customer(told.ObjectId)] },
        Source = new SourceReference { ObjectType = HubSpotKind.Contact.Name, ObjectId = told.ObjectId },
    });

    private Normalization Read(HubSpotEvent told, Func<HubSpotKind, Normalization> reader) => told.Kind is { } kind && settings.Reads(kind)
        ? reader(kind)
        : new Normalization.Ignored(told.Topic, "objects of this kind are not read; the setting objects lists those that are");
}
