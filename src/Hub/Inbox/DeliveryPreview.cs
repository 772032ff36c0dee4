using System.Text;
using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Inbox;

/// <summary>What events would do to the record: they are merged within a transaction, the contacts are read off, and all of it is taken back.</summary>
/// <param name="Contacts">The contacts that would change, with what would change in them.</param>
/// <param name="Joins">Contacts that would be taken in by another.</param>
internal sealed record DeliveryPreview(IReadOnlyList<PreviewedContact> Contacts, IReadOnlyList<(Guid Contact, Guid TakesIn)> Joins)
{
    public static DeliveryPreview Of(DbSession session, HubConfiguration configuration, ErasureKey key, IReadOnlyList<ContactEvent> events, TimeProvider time)
    {
        session.Execute("savepoint preview");
        try
        {
            var messages = Merger.Of(session, configuration, key, time).Merge([.. events.Select(contactEvent => new MergeItem(contactEvent, 0, events.Count))]);
            var json = new ContactJson(new Survivorship(configuration.Identity, DecisionBook.Read(session)));
            return new DeliveryPreview(
                [.. messages.Select(message => message.Told).OfType<ContactChanged>().Select(changed => new PreviewedContact(changed.ContactId, changed.Version == 1, changed.Fields, Json(session, json, changed.ContactId)))],
                [.. messages.Select(message => message.Told).OfType<ContactsMerged>().SelectMany(merged => merged.MergedContactIds.Select(taken => (merged.ContactId, taken)))]);
        }
        finally
        {
            session.Execute("rollback to preview");
            session.Execute("release preview");
        }
    }

    private static string Json(DbSession session, ContactJson json, Guid contactId)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, ContactJson.Options with { Indented = true }))
        {
            if (session.OriginOf(contactId) is { } origin && session.ContactByKey(origin.ContactKey) is { } contact) json.WriteCanonical(writer, contact);
            else writer.WriteNullValue();
        }
        return Encoding.UTF8.GetString(output.ToArray());
    }

}

/// <summary>A contact that would change.</summary>
/// <param name="IsNew">Whether there is none of it yet.</param>
/// <param name="Fields">What would change.</param>
/// <param name="Json">The contact as it would be.</param>
internal sealed record PreviewedContact(Guid Id, bool IsNew, IReadOnlyList<ChangedField> Fields, string Json);
