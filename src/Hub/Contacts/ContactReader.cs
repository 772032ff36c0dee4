using System.Data.Common;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Contacts;

/// <summary>A contact with all that is kept beside its state.</summary>
/// <param name="Entities">Its orders, subscriptions and so on, by name.</param>
internal sealed record ContactDetails(ContactRow Row, IReadOnlyList<(string Name, EntityState State)> Entities);

/// <summary>An event of a contact's timeline.</summary>
internal sealed record TimelineEntry(long EventKey, string Kind, ContactEvent Event);

/// <summary>What an id was given for, whether it stands for itself today or was merged.</summary>
/// <param name="ContactKey">The contact that it leads to today.</param>
/// <param name="BornOf">The node that it was given for.</param>
internal sealed record ContactOrigin(long ContactKey, Guid Id, long Version, string BornOf);

/// <summary>The read side of the record, over one session.</summary>
internal static class ContactReader
{
    extension(DbSession session)
    {
        /// <summary>The contact with this id, or the one that took it in; null when there is none.</summary>
        public ContactDetails? ContactById(Guid contactId) =>
            session.First("select coalesce(merged_into, contact_key) from contact where contact_id = $id", row => (long?)row.GetInt64(0), ("$id", contactId.ToDb())) is { } key
                ? session.ContactByKey(key)
                : null;

        /// <summary>What an id was given for; null when there is no such id.</summary>
        public ContactOrigin? OriginOf(Guid contactId) => session.First(
            "select coalesce(merged_into, contact_key), contact_id, version, born_of from contact where contact_id = $id", ReadOrigin, ("$id", contactId.ToDb()));

        /// <summary>The id that was given for one of these nodes among those that lead to the same contact as another one; null when there is none.</summary>
        public ContactOrigin? FindOrigin(ContactOrigin other, IReadOnlyCollection<string> nodes) => session.Query(
            "select $contact, contact_id, version, born_of from contact where contact_key = $contact or merged_into = $contact order by contact_key", ReadOrigin, ("$contact", other.ContactKey))
            .Find(origin => origin.Id != other.Id && nodes.Contains(origin.BornOf));

        /// <summary>Names of the nodes of a contact.</summary>
        public List<string> NodesOfContact(long contactKey) => session.Query(
            "select name from node where contact_key = $contact order by name", row => row.GetString(0), ("$contact", contactKey));

        /// <summary>The contact that a node belongs to, or null.</summary>
        public ContactDetails? ContactByNode(string node) =>
            session.FindNode(node) is { ContactKey: { } key } ? session.ContactByKey(key) : null;

        public ContactDetails? ContactByKey(long contactKey) =>
            session.FindContact(contactKey) is { } row ? new ContactDetails(row, session.EntitiesOf(contactKey)) : null;

        /// <summary>Contacts in the order they were first seen by the hub, whose names, company or e-mail address hold the text.</summary>
        /// <param name="text">Lower case; null for all.</param>
        /// <param name="after">Keys above this one.</param>
        public List<long> SearchContacts(string? text, int limit, long after) => session.Query(
            """
            select contact_key from contact
            where state is not null and contact_key > $after and ($text is null or search like $text escape '\'
                or exists (select 1 from node where node.contact_key = contact.contact_key and node.name like $email escape '\'))
            order by contact_key limit $limit
            """, row => row.GetInt64(0),
            ("$text", Pattern(text, "%")), ("$email", Pattern(text, "email:%")), ("$after", after), ("$limit", limit));

        /// <summary>The events of a contact, the latest first by vendor time.</summary>
        /// <param name="before">Position of the last entry already shown; null for the start.</param>
        public List<TimelineEntry> Timeline(long contactKey, int limit, (long OccurredAt, long EventKey)? before) => session.Query(
            """
            select event_key, kind, received_at, body from event join node using (node_key)
            where contact_key = $contact and (occurred_at, event_key) < ($at, $key)
            order by occurred_at desc, event_key desc limit $limit
            """, ReadEntry, ("$contact", contactKey), ("$at", before?.OccurredAt ?? long.MaxValue), ("$key", before?.EventKey ?? long.MaxValue), ("$limit", limit));

        /// <summary>The refused ties of a node.</summary>
        public List<RefusedTieRow> RefusedTiesOf(string node) => session.Query(
            """
            select one, other, reason, event_id from refused_tie
            where group_key = (select group_key from node where name = $node) and (one = $node or other = $node) order by one, other
            """, row => new RefusedTieRow(row.GetString(0), row.GetString(1), row.GetString(2), row.Id(3)), ("$node", node));

        /// <summary>Keys of all contacts, in an order that depends on their nodes alone.</summary>
        public List<long> ContactsInCanonicalOrder() => session.Query(
            "select contact_key from node where contact_key is not null group by contact_key order by min(name)", row => row.GetInt64(0));
    }

    private static ContactOrigin ReadOrigin(DbDataReader row) => new(row.GetInt64(0), row.Id(1), row.GetInt64(2), row.GetString(3));

    private static TimelineEntry ReadEntry(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), ContractJson.Deserialize(row.GetString(1), row.Bytes(3)) with { ReceivedAt = row.Time(2) });

    private static string? Pattern(string? text, string before) =>
        text is null ? null : before + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}
