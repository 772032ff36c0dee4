using System.Data.Common;
using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync;

/// <summary>The statements over the tables of the record.</summary>
internal static class RecordTables
{
    extension(DbSession session)
    {
        public EventRow? FindEvent(Guid eventId) => session.First(
            "select event_key, event_id, kind, node_key, received_at, delivery_id, body from event where event_id = $id", ReadEvent, ("$id", eventId.ToDb()));

        /// <summary>The events kept at the nodes of a contact.</summary>
        public List<EventRow> EventsOf(long contactKey) => session.Query(
            """
            select event_key, event_id, kind, event.node_key, received_at, delivery_id, body
            from event join node using (node_key) where contact_key = $contact order by event_key
            """, ReadEvent, ("$contact", contactKey));

        public long? ContactOfEvent(long eventKey) => session.First(
            "select contact_key from event join node using (node_key) where event_key = $key", row => (long?)row.GetInt64(0), ("$key", eventKey));

        public long InsertEvent(ContactEvent contactEvent, byte[] body, long? nodeKey, long deliveryId) => session.First(
            """
            insert into event (event_id, kind, node_key, occurred_at, received_at, delivery_id, body)
            values ($id, $kind, $node, $occurred, $received, $delivery, $body) returning event_key
            """, row => row.GetInt64(0),
            ("$id", contactEvent.EventId.ToDb()), ("$kind", contactEvent.GetType().Name), ("$node", nodeKey), ("$occurred", contactEvent.OccurredAt.ToDb()),
            ("$received", contactEvent.ReceivedAt.ToDb()), ("$delivery", deliveryId), ("$body", body));

        public void ReplaceEvent(long eventKey, ContactEvent contactEvent, byte[] body, long deliveryId) => session.Execute(
            "update event set kind = $kind, occurred_at = $occurred, received_at = $received, delivery_id = $delivery, body = $body where event_key = $key",
            ("$kind", contactEvent.GetType().Name), ("$occurred", contactEvent.OccurredAt.ToDb()), ("$received", contactEvent.ReceivedAt.ToDb()),
            ("$delivery", deliveryId), ("$body", body), ("$key", eventKey));

        public void MoveEvent(long eventKey, long? nodeKey) =>
            session.Execute("update event set node_key = $node where event_key = $key", ("$node", nodeKey), ("$key", eventKey));

        public void LinkDelivery(long deliveryId, long eventKey) => session.Execute(
            "insert into event_delivery (delivery_id, event_key) values ($delivery, $event) on conflict do nothing", ("$delivery", deliveryId), ("$event", eventKey));

        public long CountEventsOfDelivery(long deliveryId) => session.First(
            "select count(*) from event_delivery where delivery_id = $delivery", row => row.GetInt64(0), ("$delivery", deliveryId));

        public NodeRow? FindNode(string name) => session.First(
            "select node_key, name, contact_key from node where name = $name", ReadNode, ("$name", name));

        public List<NodeRow> NodesOf(long contactKey) => session.Query(
            "select node_key, name, contact_key from node where contact_key = $contact", ReadNode, ("$contact", contactKey));

        public NodeRow InsertNode(string name, long contactKey) => session.First(
            "insert into node (name, contact_key) values ($name, $contact) returning node_key, name, contact_key", ReadNode, ("$name", name), ("$contact", contactKey))
            ?? throw new InvalidDataException("An inserted node came back empty.");

        public void MoveNode(long nodeKey, long contactKey) =>
            session.Execute("update node set contact_key = $contact where node_key = $node", ("$contact", contactKey), ("$node", nodeKey));

        public void MoveNodes(long fromContact, long toContact) =>
            session.Execute("update node set contact_key = $to where contact_key = $from", ("$to", toContact), ("$from", fromContact));

        public void DeleteNode(long nodeKey) => session.Execute("delete from node where node_key = $node", ("$node", nodeKey));

        public ContactRow? FindContact(long contactKey) => session.First(
            "select contact_key, contact_id, version, state from contact where contact_key = $key and state is not null", ReadContact, ("$key", contactKey));

        public ContactRow InsertContact(Guid contactId) => session.First(
            "insert into contact (contact_id, version) values ($id, 0) returning contact_key, contact_id, version, state", ReadContact, ("$id", contactId.ToDb()))
            ?? throw new InvalidDataException("An inserted contact came back empty.");

        public void UpdateContact(ContactRow contact, string search) => session.Execute(
            "update contact set version = $version, state = $state, search = $search, merged_into = null where contact_key = $key",
            ("$version", contact.Version), ("$search", search), ("$state", JsonSerializer.SerializeToUtf8Bytes(contact.State, HubJson.Default.ContactState)), ("$key", contact.Key));

        /// <summary>Ends a contact; its id, and those that led to it, lead to the heir.</summary>
        public void MergeContact(long contactKey, long? intoContact)
        {
            session.Execute("update contact set merged_into = $into where merged_into = $key", ("$into", intoContact), ("$key", contactKey));
            session.Execute("update contact set merged_into = $into, state = null, search = null where contact_key = $key", ("$into", intoContact), ("$key", contactKey));
        }

        public EntityState? FindEntity(string name) => session.First(
            "select state from entity where name = $name", row => ReadEntity(row.Bytes(0)), ("$name", name));

        public void UpsertEntity(string name, long nodeKey, EntityType type, EntityState state) => session.Execute(
            """
            insert into entity (name, node_key, type, state) values ($name, $node, $type, $state)
            on conflict (name) do update set state = excluded.state, node_key = excluded.node_key
            """,
            ("$name", name), ("$node", nodeKey), ("$type", Names.Of(type)), ("$state", JsonSerializer.SerializeToUtf8Bytes(state, HubJson.Default.EntityState)));

        public List<(string Name, EntityState State)> EntitiesOf(long contactKey) => session.Query(
            "select entity.name, state from entity join node using (node_key) where contact_key = $contact order by entity.name",
            row => (row.GetString(0), ReadEntity(row.Bytes(1))), ("$contact", contactKey));

        public void DeleteEntitiesOf(long contactKey) => session.Execute(
            "delete from entity where node_key in (select node_key from node where contact_key = $contact)", ("$contact", contactKey));

        public long InsertOutbox(string kind, byte[] body) => session.First(
            "insert into outbox (kind, body) values ($kind, $body) returning outbox_key", row => row.GetInt64(0), ("$kind", kind), ("$body", body));
    }

    public static EntityState ReadEntity(byte[] json) =>
        JsonSerializer.Deserialize(json, HubJson.Default.EntityState) ?? throw new InvalidDataException("A stored entity is empty.");

    public static ContactState ReadState(byte[] json) =>
        JsonSerializer.Deserialize(json, HubJson.Default.ContactState) ?? throw new InvalidDataException("A stored contact is empty.");

    private static EventRow ReadEvent(DbDataReader row) => new(
        row.GetInt64(0), row.Id(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.Time(4), row.GetInt64(5), row.Bytes(6));

    private static NodeRow ReadNode(DbDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetInt64(2));

    private static ContactRow ReadContact(DbDataReader row) => new(
        row.GetInt64(0), row.Id(1), row.GetInt64(2), row.IsDBNull(3) ? new ContactState() : ReadState(row.Bytes(3)));
}

/// <summary>A stored event.</summary>
internal sealed record EventRow(long Key, Guid EventId, string Kind, long? NodeKey, DateTimeOffset ReceivedAt, long DeliveryId, byte[] Body)
{
    /// <summary>The event as it was merged.</summary>
    public ContactEvent Read() => ContractJson.Deserialize(Kind, Body) with { ReceivedAt = ReceivedAt };
}

/// <summary>A stored node and the contact it belongs to.</summary>
internal sealed record NodeRow(long Key, string Name, long ContactKey);

/// <summary>A stored contact.</summary>
internal sealed class ContactRow(long key, Guid id, long version, ContactState state)
{
    public long Key { get; } = key;

    public Guid Id { get; } = id;

    public long Version { get; set; } = version;

    public ContactState State { get; set; } = state;
}
