using System.Data.Common;
using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync;

/// <summary>The statements over the tables of the record.</summary>
internal static class RecordTables
{
    extension(DbSession session)
    {
        public EventRow? FindEvent(Guid eventId) => session.First(
            "select event_key, event_id, kind, node_key, contact_key, received_at, delivery_id, body from event left join node using (node_key) where event_id = $id", ReadEvent, ("$id", eventId.ToDb()));

        public List<EventRow> FindEvents(IEnumerable<Guid> eventIds) => session.Query(
            "select event_key, event_id, kind, node_key, contact_key, received_at, delivery_id, body from event left join node using (node_key) where event_id in $ids",
            ReadEvent, ("$ids", eventIds.Select(id => id.ToDb()).ToArray()));

        /// <summary>The events kept at the nodes of a group.</summary>
        public List<EventRow> EventsOfGroup(long groupKey) => session.Query(
            """
            select event_key, event_id, kind, node_key, contact_key, received_at, delivery_id, body
            from event join node using (node_key) where group_key = $group order by event_key
            """, ReadEvent, ("$group", groupKey));

        /// <summary>The events that mention a value that links nobody.</summary>
        public List<EventRow> EventRowsMentioning(string name, int limit = int.MaxValue) => session.Query(
            """
            select event_key, event_id, kind, node_key, contact_key, received_at, delivery_id, body
            from mention join event using (event_key) left join node using (node_key) where mention.name = $name order by event_key limit $limit
            """, ReadEvent, ("$name", name), ("$limit", limit));

        public long? GroupOfEvent(long eventKey) => session.First(
            "select group_key from event join node using (node_key) where event_key = $key and group_key is not null", row => (long?)row.GetInt64(0), ("$key", eventKey));

        /// <summary>Stores a new event. Its way counts among those by which it came (<c>told_by</c>); <see cref="TellsNew"/> has to follow.</summary>
        public long InsertEvent(ContactEvent contactEvent, byte[] body, long? nodeKey, long deliveryId) => session.Insert(
            "event_key",
            """
            insert into event (event_id, connection, kind, told_by, node_key, occurred_at, received_at, delivery_id, body)
            values ($id, $connection, $kind, coalesce((select 1 << cast(origin as int) from inbox where delivery_id = $delivery), 0), $node, $occurred, $received, $delivery, $body)
            """,
            ("$id", contactEvent.EventId.ToDb()), ("$connection", contactEvent.Connection), ("$kind", contactEvent.GetType().Name), ("$node", nodeKey), ("$occurred", contactEvent.OccurredAt.ToDb()),
            ("$received", contactEvent.ReceivedAt.ToDb()), ("$delivery", deliveryId), ("$body", body));

        public void ReplaceEvent(long eventKey, ContactEvent contactEvent, byte[] body, long deliveryId) => session.Post(
            "update event set kind = $kind, occurred_at = $occurred, received_at = $received, delivery_id = $delivery, body = $body where event_key = $key",
            ("$kind", contactEvent.GetType().Name), ("$occurred", contactEvent.OccurredAt.ToDb()), ("$received", contactEvent.ReceivedAt.ToDb()),
            ("$delivery", deliveryId), ("$body", body), ("$key", eventKey));

        public void MoveEvent(long eventKey, long? nodeKey) =>
            session.Post("update event set node_key = $node where event_key = $key", ("$node", nodeKey), ("$key", eventKey));

        /// <summary>Notes that a delivery tells an event that was inserted for it.</summary>
        public void TellsNew(long deliveryId, long eventKey) => session.Insert(
            "insert into event_delivery (delivery_id, event_key) values ($delivery, $event)", ("$delivery", deliveryId), ("$event", eventKey));

        /// <summary>Notes that a delivery tells an event. Ways by which an event came (<c>told_by</c>, a bit for each <see cref="DeliveryOrigin"/>) are added to it.</summary>
        public void LinkDelivery(long deliveryId, long eventKey)
        {
            if (session.Execute("insert into event_delivery (delivery_id, event_key) values ($delivery, $event) on conflict do nothing", ("$delivery", deliveryId), ("$event", eventKey)) == 0) return;
            session.Execute(
                """
                update event set told_by = told_by | (select 1 << cast(origin as int) from inbox where delivery_id = $delivery)
                where event_key = $event and (~told_by) & (select 1 << cast(origin as int) from inbox where delivery_id = $delivery) <> 0
                """, ("$delivery", deliveryId), ("$event", eventKey));
        }

        /// <summary>Takes back that a delivery tells an event.</summary>
        public void UnlinkDelivery(long deliveryId, long eventKey)
        {
            session.Execute("delete from event_delivery where delivery_id = $delivery and event_key = $event", ("$delivery", deliveryId), ("$event", eventKey));
            session.Execute(
                """
                update event set told_by = coalesce((select sum(distinct 1 << cast(origin as int)) from event_delivery join inbox using (delivery_id) where event_key = $event), 0)
                where event_key = $event
                """, ("$event", eventKey));
        }

        /// <summary>How many events each of these deliveries has told; those that have told none are left out.</summary>
        public Dictionary<long, long> CountEventsOf(IEnumerable<long> deliveries) => session.Query(
            "select delivery_id, count(*) from event_delivery where delivery_id in $deliveries group by delivery_id", row => (Id: row.GetInt64(0), Count: row.GetInt64(1)),
            ("$deliveries", deliveries.ToArray())).ToDictionary(row => row.Id, row => row.Count);

        /// <summary>The deliveries that told an event.</summary>
        public List<long> DeliveriesOf(long eventKey) => session.Query(
            "select delivery_id from event_delivery where event_key = $key union select delivery_id from event where event_key = $key", row => row.GetInt64(0), ("$key", eventKey));

        public void DeleteEvent(long eventKey)
        {
            session.Post("delete from event_delivery where event_key = $key", ("$key", eventKey));
            session.Post("delete from event where event_key = $key", ("$key", eventKey));
        }

        public NodeRow? FindNode(string name) => session.First(
            "select node_key, name, contact_key, group_key, standing from node where name = $name", ReadNode, ("$name", name));

        public List<NodeRow> FindNodes(IEnumerable<string> names) => session.Query(
            "select node_key, name, contact_key, group_key, standing from node where name in $names", ReadNode, ("$names", names.ToArray()));

        public List<NodeRow> NodesOfGroup(long groupKey) => session.Query(
            "select node_key, name, contact_key, group_key, standing from node where group_key = $group", ReadNode, ("$group", groupKey));

        public long InsertNode(string name, long? contactKey, long? groupKey) => session.Insert(
            "node_key", "insert into node (name, contact_key, group_key) values ($name, $contact, $group)",
            ("$name", name), ("$contact", contactKey), ("$group", groupKey));

        public void UpdateNode(NodeRow node) => session.Post(
            "update node set contact_key = $contact, group_key = $group, standing = $standing where node_key = $node",
            ("$contact", node.ContactKey), ("$group", node.GroupKey), ("$standing", (int)node.Standing), ("$node", node.Key));

        public void MoveNodes(long fromContact, long toContact) => session.Post(
            "update node set contact_key = $to, group_key = $to where contact_key = $from", ("$to", toContact), ("$from", fromContact));

        public void MoveGroup(long fromGroup, long toGroup) =>
            session.Post("update node set group_key = $to where group_key = $from", ("$to", toGroup), ("$from", fromGroup));

        public void DeleteNode(long nodeKey) => session.Post("delete from node where node_key = $node", ("$node", nodeKey));

        public bool IsContested(long groupKey) =>
            session.First("select group_key from contested_group where group_key = $group", row => (long?)row.GetInt64(0), ("$group", groupKey)) is not null;

        public List<long> ContestedAmong(IEnumerable<long> groups) => session.Query(
            "select group_key from contested_group where group_key in $groups", row => row.GetInt64(0), ("$groups", groups.ToArray()));

        public void Contest(long groupKey) => session.Post("insert into contested_group (group_key) values ($group) on conflict do nothing", ("$group", groupKey));

        /// <summary>Takes back what was found out about a group.</summary>
        public void Uncontest(long groupKey)
        {
            session.Post("delete from contested_group where group_key = $group", ("$group", groupKey));
            session.Post("delete from claimed_pair where group_key = $group", ("$group", groupKey));
            session.Post("delete from refused_tie where group_key = $group", ("$group", groupKey));
        }

        /// <summary>A pair of nodes that an event of a contested group named; null when none did.</summary>
        public ClaimedPair? FindPair(long groupKey, long one, long other) => session.First(
            "select said_at, event_id from claimed_pair where group_key = $group and one = $one and other = $other",
            row => new ClaimedPair(row.IsDBNull(0) ? null : new FirstSaid(row.GetInt64(0), row.Id(1))), ("$group", groupKey), ("$one", one), ("$other", other));

        /// <summary>Remembers a pair; one that is known was said before.</summary>
        public void InsertPair(long groupKey, long one, long other, ClaimedPair pair) => session.Post(
            "insert into claimed_pair (group_key, one, other, said_at, event_id) values ($group, $one, $other, $at, $event) on conflict do nothing",
            ("$group", groupKey), ("$one", one), ("$other", other),
            ("$at", pair.Tied is { } tied ? tied.At ?? long.MaxValue : null), ("$event", pair.Tied?.EventId.ToDb()));

        public void InsertRefusedTie(long groupKey, RefusedTie tie) => session.Post(
            "insert into refused_tie (group_key, one, other, reason, event_id) values ($group, $one, $other, $reason, $event) on conflict do nothing",
            ("$group", groupKey), ("$one", tie.One), ("$other", tie.Other), ("$reason", tie.Reason), ("$event", tie.First.EventId.ToDb()));

        public void UpsertSharedValue(SharedValue value) => session.Post(
            "insert into shared_value (name, people, counted) values ($name, $people, $counted) on conflict (name) do update set people = excluded.people, counted = excluded.counted",
            ("$name", value.Node), ("$people", value.People), ("$counted", value.With));

        /// <summary>Remembers that an event mentions a value that links nobody, so that it can be found again when the value links once more.</summary>
        public void Mention(string name, long eventKey) => session.Post(
            "insert into mention (name, event_key) values ($name, $event) on conflict do nothing", ("$name", name), ("$event", eventKey));

        public List<long> EventsMentioning(string name) => session.Query(
            "select event_key from mention where name = $name", row => row.GetInt64(0), ("$name", name));

        public void ForgetMentions(string name)
        {
            session.Execute("delete from mention where name = $name", ("$name", name));
            session.Execute("delete from shared_value where name = $name", ("$name", name));
        }

        public ContactRow? FindContact(long contactKey) => session.FindStoredContact(contactKey)?.Row;

        /// <summary>A contact, and how it is stored.</summary>
        public (ContactRow Row, StoredContact Stored)? FindStoredContact(long contactKey) => session.First(
            "select contact_key, contact_id, version, state, search from contact where contact_key = $key and merged_into is null",
            row => ((ContactRow, StoredContact)?)ReadStored(row), ("$key", contactKey));

        public List<(ContactRow Row, StoredContact Stored)> FindStoredContacts(IEnumerable<long> contactKeys) => session.Query(
            "select contact_key, contact_id, version, state, search from contact where contact_key in $keys and merged_into is null", ReadStored, ("$keys", contactKeys.ToArray()));

        /// <param name="bornOf">The node that the contact was made for; by it the id is found again when the contact comes out of a merge.</param>
        public ContactRow InsertContact(Guid contactId, string bornOf) => new(
            session.Insert("contact_key", "insert into contact (contact_id, version, born_of) values ($id, 0, $born)", ("$id", contactId.ToDb()), ("$born", bornOf)),
            contactId, 0, new ContactState());

        public void UpdateContacts(IReadOnlyList<(ContactRow Row, StoredContact Stored)> contacts) => session.PostEach(
            "update contact set version = $version, state = $state, search = $search, merged_into = null where contact_key = $key", contacts,
            contact => [("$version", contact.Row.Version), ("$search", contact.Stored.Search), ("$state", contact.Stored.State), ("$key", contact.Row.Key)]);

        /// <summary>A contact that was made for this node and has been merged since; null when there is none.</summary>
        public long? FindMerged(string bornOf) => session.First(
            "select contact_key from contact where born_of = $born and merged_into is not null order by contact_key limit 1", row => (long?)row.GetInt64(0), ("$born", bornOf));

        /// <summary>The node that a contact was made for; empty when it has been erased.</summary>
        public string BirthOf(long contactKey) => session.First("select born_of from contact where contact_key = $key", row => row.GetString(0), ("$key", contactKey)) ?? "";

        /// <summary>Makes merged contacts that were made for this node lead to another contact.</summary>
        public void LeadOn(string bornOf, long intoContact) => session.Post(
            "update contact set merged_into = $into where born_of = $born and merged_into is not null and contact_key <> $into", ("$born", bornOf), ("$into", intoContact));

        public void Revive(long contactKey) => session.Post("update contact set merged_into = null where contact_key = $key", ("$key", contactKey));

        /// <summary>Ends a contact; its id, and those that led to it, lead to the heir.</summary>
        public void MergeContact(long contactKey, long? intoContact)
        {
            session.Post("update contact set merged_into = $into where merged_into = $key", ("$into", intoContact), ("$key", contactKey));
            session.Post("update contact set merged_into = $into, state = null, search = null where contact_key = $key", ("$into", intoContact), ("$key", contactKey));
        }

        public EntityState? FindEntity(string name) => session.First(
            "select state from entity where name = $name", row => ReadEntity(row.Bytes(0)), ("$name", name));

        public List<(string Name, byte[] State)> FindEntities(IEnumerable<string> names) => session.Query(
            "select name, state from entity where name in $names", row => (row.GetString(0), row.Bytes(1)), ("$names", names.ToArray()));

        public void UpsertEntities(IReadOnlyList<(EntityRow Row, EntityType Type)> entities) => session.PostEach(
            """
            insert into entity (name, node_key, type, state) values ($name, $node, $type, $state)
            on conflict (name) do update set state = excluded.state, node_key = excluded.node_key
            """, entities,
            entity => [("$name", entity.Row.Name), ("$node", entity.Row.NodeKey), ("$type", Names.Of(entity.Type)), ("$state", entity.Row.State)]);

        public List<(string Name, EntityState State)> EntitiesOf(long contactKey) => session.Query(
            "select entity.name, state from entity join node using (node_key) where contact_key = $contact order by entity.name",
            row => (row.GetString(0), ReadEntity(row.Bytes(1))), ("$contact", contactKey));

        public List<EntityRow> EntitiesOfGroup(long groupKey) => session.Query(
            "select entity.name, node_key, state from entity join node using (node_key) where group_key = $group",
            row => new EntityRow(row.GetString(0), row.GetInt64(1), row.Bytes(2)), ("$group", groupKey));

        public void DeleteEntity(string name) => session.Post("delete from entity where name = $name", ("$name", name));

        public void DeleteEntitiesOfNode(long nodeKey) => session.Post("delete from entity where node_key = $node", ("$node", nodeKey));

        public long InsertOutbox(string kind, byte[] body) => session.Insert(
            "outbox_key", "insert into outbox (kind, body) values ($kind, $body)", ("$kind", kind), ("$body", body));
    }

    public static EntityState ReadEntity(byte[] json) =>
        JsonSerializer.Deserialize(json, HubJson.Default.EntityState) ?? throw new InvalidDataException("A stored entity is empty.");

    public static ContactState ReadState(byte[] json) =>
        JsonSerializer.Deserialize(json, HubJson.Default.ContactState) ?? throw new InvalidDataException("A stored contact is empty.");

    public static byte[] Write(ContactState state) => JsonSerializer.SerializeToUtf8Bytes(state, HubJson.Default.ContactState);

    public static byte[] Write(EntityState state) => JsonSerializer.SerializeToUtf8Bytes(state, HubJson.Default.EntityState);

    private static EventRow ReadEvent(DbDataReader row) => new(
        row.GetInt64(0), row.Id(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4), row.Time(5), row.GetInt64(6), row.Bytes(7));

    private static NodeRow ReadNode(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3), (NodeStanding)row.GetInt32(4));

    private static (ContactRow Row, StoredContact Stored) ReadStored(DbDataReader row) =>
        (ReadContact(row), new StoredContact(row.IsDBNull(3) ? [] : row.Bytes(3), row.Text(4)));

    private static ContactRow ReadContact(DbDataReader row) => new(
        row.GetInt64(0), row.Id(1), row.GetInt64(2), row.IsDBNull(3) ? new ContactState() : ReadState(row.Bytes(3)));
}

/// <summary>A stored event.</summary>
internal sealed record EventRow(long Key, Guid EventId, string Kind, long? NodeKey, long? ContactKey, DateTimeOffset ReceivedAt, long DeliveryId, byte[] Body)
{
    /// <summary>The event as it was merged.</summary>
    public ContactEvent Read() => ContractJson.Deserialize(Kind, Body) with { ReceivedAt = ReceivedAt };
}

/// <summary>Two nodes that an event of a contested group named together.</summary>
/// <param name="Tied">When they were first said to be one person; null when an event only named both beside a stronger one.</param>
internal sealed record ClaimedPair(FirstSaid? Tied);

/// <summary>A stored node.</summary>
/// <param name="ContactKey">The contact it belongs to; null for a value that links nobody, and for one that only refused ties lead to.</param>
/// <param name="GroupKey">All that it is tied to, refused ties included, has the same; null for a value that links nobody.</param>
/// <param name="Standing">Whether it links.</param>
internal sealed record NodeRow(long Key, string Name, long? ContactKey, long? GroupKey, NodeStanding Standing)
{
    public bool Links => Standing is NodeStanding.Links;
}

/// <summary>Whether a node links the events that name it. The numbers are stored.</summary>
internal enum NodeStanding
{
    /// <summary>It does.</summary>
    Links = 0,

    /// <summary>It comes together with too many people to name one.</summary>
    Shared = 1,

    /// <summary>A decision blocks it.</summary>
    Blocked = 2,
}

/// <summary>A stored entity.</summary>
/// <param name="State">As stored.</param>
internal sealed record EntityRow(string Name, long NodeKey, byte[] State);

/// <summary>A stored contact.</summary>
internal sealed class ContactRow(long key, Guid id, long version, ContactState state)
{
    public long Key { get; } = key;

    public Guid Id { get; } = id;

    public long Version { get; set; } = version;

    public ContactState State { get; set; } = state;
}

/// <summary>What a contact's row holds, to tell whether it has to be written.</summary>
internal readonly record struct StoredContact(byte[] State, string? Search)
{
    public static StoredContact None { get; } = new([], null);
}
