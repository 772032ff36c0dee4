using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>A line of one of the streams that are compared.</summary>
/// <param name="Key">What it is about; the stream is sorted by it.</param>
/// <param name="Content">What has to be equal.</param>
internal sealed record ComparedRow(string Key, string Content);

/// <summary>A contact by the lowest name among its nodes, which names it without an id.</summary>
internal sealed record NamedContact(string Name, long Key);

/// <summary>The statements that read the record in pages, so that no more than a page of it is in memory.</summary>
internal static class RebuildTables
{
    private const int Page = 500;

    // Between two names: it is in none, and sorts before all that is.
    private const string Mark = "\u0001";

    private const string SelectEvent = "select event_key, event_id, kind, received_at, delivery_id, body from event";

    extension(DbSession session)
    {
        public List<EventRow> EventsAfter(long eventKey, int limit) =>
            session.Query($"{SelectEvent} where event_key > $after order by event_key limit $limit", ReadEvent, ("$after", eventKey), ("$limit", limit));

        public IEnumerable<EventRow> EventsById() => Paged<EventRow, byte[]>(
            [],
            after => session.Query($"{SelectEvent} where event_id > $after order by event_id limit $limit", ReadEvent, ("$after", after), ("$limit", Page)),
            row => row.EventId.ToDb());

        public long? FindEventKey(Guid eventId) => session.First("select event_key from event where event_id = $id", row => (long?)row.GetInt64(0), ("$id", eventId.ToDb()));

        public long CountContacts() => session.First("select count(distinct contact_key) from node", row => row.GetInt64(0));

        /// <summary>Deliveries that can be read again.</summary>
        public long CountReadable() => session.First("select count(*) from inbox where status <> 0 and delivery_id in (select delivery_id from inbox_body)", row => row.GetInt64(0));

        public long CountEvents() => session.First("select count(*) from event", row => row.GetInt64(0));

        public IEnumerable<NamedContact> ContactsByLowestName() => Paged(
            "",
            after => session.Query(
                """
                select name, contact_key from node where name > $after and contact_key is not null
                    and not exists (select 1 from node lower where lower.contact_key = node.contact_key and lower.name < node.name)
                order by name limit $limit
                """, row => new NamedContact(row.GetString(0), row.GetInt64(1)), ("$after", after), ("$limit", Page)),
            contact => contact.Name);

        /// <summary>Contacts that no node leads to, although they were never merged.</summary>
        public IEnumerable<long> LostContacts() => Paged(
            0L,
            after => session.Query(
                """
                select contact_key from contact where contact_key > $after and merged_into is null and state is not null
                    and not exists (select 1 from node where node.contact_key = contact.contact_key)
                order by contact_key limit $limit
                """, row => row.GetInt64(0), ("$after", after), ("$limit", Page)),
            key => key);

        /// <summary>Nodes that belong to no contact, and why.</summary>
        public IEnumerable<ComparedRow> StrayNodes() => Paged(
            "",
            after => session.Query(
                """
                select name, standing || case when group_key is null then ' 1 ' else ' 0 ' end
                    || case when standing = 1 and exists (select 1 from shared_value where shared_value.name = node.name) then 1 else 0 end
                from node where contact_key is null and name > $after order by name limit $limit
                """, ReadRow, ("$after", after), ("$limit", Page)),
            row => row.Key);

        public IEnumerable<ComparedRow> RefusedTies() => Paged(
            "",
            after => session.Query(
                """
                select tie.one || $mark || tie.other as tied, tie.reason || ' ' || hex(tie.event_id)
                    || case when one.group_key is not distinct from tie.group_key and other.group_key is not distinct from tie.group_key then ' 1' else ' 0' end
                from refused_tie tie left join node one on one.name = tie.one left join node other on other.name = tie.other
                where tie.one || $mark || tie.other > $after order by tied limit $limit
                """, ReadRow, ("$mark", Mark), ("$after", after), ("$limit", 10 * Page)),
            row => row.Key);

        /// <summary>Values that link nobody, with a digest of the events that mention them.</summary>
        public IEnumerable<ComparedRow> Mentions() => Paged(
            "",
            after => session.Query("select distinct name from mention where name > $after order by name limit $limit", row => row.GetString(0), ("$after", after), ("$limit", Page))
                .ConvertAll(name => new ComparedRow(name, session.DigestOf(
                    "select hex(event_id) from mention left join event using (event_key) where mention.name = $what order by event_id", name))),
            row => row.Key);

        /// <summary>A digest of the rows of a query with the parameter <c>$what</c>: how many, and a hash over the first column.</summary>
        public string DigestOf(string sql, object what)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var count = 0;
            session.ForEach(sql, row =>
            {
                hash.AppendData(Encoding.UTF8.GetBytes((row.Text(0) ?? "") + "\n"));
                count++;
            }, ("$what", what));
            return $"{count} {Convert.ToHexString(hash.GetHashAndReset())}";
        }

        public List<string> NodesOfContact(long contactKey) =>
            session.Query("select name from node where contact_key = $contact order by name", row => row.GetString(0), ("$contact", contactKey));

        public Guid? ContactIdOf(long contactKey) =>
            session.First("select contact_id from contact where contact_key = $contact", row => (Guid?)row.Id(0), ("$contact", contactKey));

        /// <summary>Deliveries that are settled and have a body, the oldest first.</summary>
        public List<long> SettledDeliveriesAfter(long deliveryId, int limit) => session.Query(
            "select delivery_id from inbox join inbox_body using (delivery_id) where delivery_id > $after and status <> 0 order by delivery_id limit $limit",
            row => row.GetInt64(0), ("$after", deliveryId), ("$limit", limit));

        public bool HasDelivery(long deliveryId) => session.First("select 1 from inbox where delivery_id = $id", _ => true, ("$id", deliveryId));

        public bool HasBody(long deliveryId) => session.First("select 1 from inbox_body where delivery_id = $id", _ => true, ("$id", deliveryId));

        /// <summary>The deliveries there are, the oldest first.</summary>
        public IEnumerable<DeliveryState> DeliveryStates() => Paged(
            0L,
            after => session.Query("select delivery_id, status, topic, reason from inbox where delivery_id > $after order by delivery_id limit $limit",
                row => new DeliveryState(row.GetInt64(0), (DeliveryStatus)row.GetInt32(1), row.Text(2), row.Text(3)), ("$after", after), ("$limit", Page)),
            delivery => delivery.Id);

        public DeliveryState? FindDelivery(long deliveryId) => session.First("select delivery_id, status, topic, reason from inbox where delivery_id = $id",
            row => new DeliveryState(row.GetInt64(0), (DeliveryStatus)row.GetInt32(1), row.Text(2), row.Text(3)), ("$id", deliveryId));

        /// <summary>Notes in the shadow that reading a delivery does not tell where it stands: it waits for objects, or ended with them.</summary>
        public void MarkAsEndingWithItsObjects(long deliveryId, string connection) => session.Execute(
            "insert into hydration_hint (delivery_id, connection, object_type, object_id, number) values ($id, $connection, '', '', 0)", ("$id", deliveryId), ("$connection", connection));

        public bool EndsWithItsObjects(long deliveryId) => session.First("select 1 from hydration_hint where delivery_id = $id limit 1", _ => true, ("$id", deliveryId));

        public List<Guid> EventsToldBy(long deliveryId) => session.Query(
            "select event_id from event_delivery join event using (event_key) where event_delivery.delivery_id = $id order by event_id", row => row.Id(0), ("$id", deliveryId));
    }

    private static EventRow ReadEvent(DbDataReader row) => new(row.GetInt64(0), row.Id(1), row.GetString(2), null, null, row.Time(3), row.GetInt64(4), row.Bytes(5));

    private static ComparedRow ReadRow(DbDataReader row) => new(row.GetString(0), row.GetString(1));

    private static IEnumerable<T> Paged<T, TPosition>(TPosition start, Func<TPosition, List<T>> read, Func<T, TPosition> position)
    {
        for (var page = read(start); page.Count > 0; page = read(position(page[^1])))
        {
            foreach (var item in page) yield return item;
        }
    }
}

/// <summary>Where a delivery stands.</summary>
internal sealed record DeliveryState(long Id, DeliveryStatus Status, string? Topic, string? Reason);
