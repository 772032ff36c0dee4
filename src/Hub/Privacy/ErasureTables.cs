using System.Data.Common;
using System.Text.Json;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Privacy;

/// <summary>The statements over erasures and their tombstones.</summary>
internal static class ErasureTables
{
    private const string Select = "select erasure_key, until, connection, terms, searched_at, finished_at, events, deliveries from erasure";

    extension(DbSession session)
    {
        /// <summary>Whether anything was ever erased.</summary>
        public bool AnyErasure() => session.First("select 1 from erasure limit 1", row => row.GetInt64(0)) == 1;

        /// <summary>Key of the erasure that was made last; 0 when there was none.</summary>
        public long LastErasure() => session.First("select coalesce(max(erasure_key), 0) from erasure", row => row.GetInt64(0));

        /// <summary>Stores an erasure with its sets; from now on it is obeyed.</summary>
        public long InsertErasure(ErasureSets sets)
        {
            var key = session.First("insert into erasure (until, connection) values ($until, $connection) returning erasure_key", row => row.GetInt64(0),
                ("$until", sets.Until.ToDb()), ("$connection", sets.Connection));
            foreach (var name in sets.Names) session.InsertTombstone(name, key, TombstoneKind.Name);
            foreach (var stranger in sets.Strangers) session.InsertTombstone(stranger, key, TombstoneKind.Stranger);
            foreach (var eventId in sets.Events) session.InsertTombstone(eventId, key, TombstoneKind.Event);
            return key;
        }

        /// <returns>Whether it is new.</returns>
        public bool InsertTombstone(byte[] hash, long erasureKey, TombstoneKind kind) => session.Execute(
            "insert into tombstone (hash, erasure_key, what) values ($hash, $erasure, $what) on conflict do nothing", ("$hash", hash), ("$erasure", erasureKey), ("$what", (int)kind)) == 1;

        /// <summary>The erasures that know a hash.</summary>
        public List<Tombstone> Tombstones(byte[] hash) => session.Query(
            "select erasure_key, what, until from tombstone join erasure using (erasure_key) where hash = $hash",
            row => new Tombstone(row.GetInt64(0), (TombstoneKind)row.GetInt32(1), row.GetInt64(2)), ("$hash", hash));

        /// <summary>The people who are somebody else for the erasures that know one of the same names.</summary>
        public List<byte[]> StrangersOfThoseWhoKnow(byte[] name) => session.Query(
            "select distinct other.hash from tombstone known join tombstone other using (erasure_key) where known.hash = $hash and known.what = 0 and other.what = 1",
            row => row.Bytes(0), ("$hash", name));

        /// <summary>The sets of an erasure, what was added since included.</summary>
        public ErasureSets SetsOf(long erasureKey)
        {
            var hashes = session.Query("select hash, what from tombstone where erasure_key = $erasure", row => (Hash: row.Bytes(0), Kind: (TombstoneKind)row.GetInt32(1)), ("$erasure", erasureKey))
                .ToLookup(entry => entry.Kind, entry => entry.Hash);
            var erasure = session.FindErasure(erasureKey) ?? throw new InvalidDataException("There is no such erasure.");
            return new ErasureSets { Until = erasure.Until, Connection = erasure.Connection, Names = [.. hashes[TombstoneKind.Name]], Strangers = [.. hashes[TombstoneKind.Stranger]], Events = [.. hashes[TombstoneKind.Event]] };
        }

        /// <summary>The erasures of all that a connection told up to a time.</summary>
        public List<long> ErasuresOfConnection(string connection, DateTimeOffset at) => session.Query(
            "select erasure_key from erasure where connection = $connection and until >= $at", row => row.GetInt64(0), ("$connection", connection), ("$at", at.ToDb()));

        public StoredErasure? FindErasure(long key) => session.First($"{Select} where erasure_key = $key", Read, ("$key", key));

        public List<StoredErasure> UnfinishedErasures() => session.Query($"{Select} where finished_at is null order by erasure_key", Read);

        public void KeepTerms(long key, ErasureTerms terms) => session.Execute(
            "update erasure set terms = $terms where erasure_key = $key", ("$terms", JsonSerializer.Serialize(terms, PrivacyJson.Default.ErasureTerms)), ("$key", key));

        public void CountErased(long key, long events, long deliveries) => session.Execute(
            "update erasure set events = events + $events, deliveries = deliveries + $deliveries where erasure_key = $key",
            ("$events", events), ("$deliveries", deliveries), ("$key", key));

        /// <summary>All bodies have been searched: what they were searched for is forgotten.</summary>
        public int EndSearch(long key, DateTimeOffset at) => session.Execute(
            "update erasure set terms = null, searched_at = $at where erasure_key = $key", ("$at", at.ToDb()), ("$key", key));

        public int EndErasure(long key, DateTimeOffset at) => session.Execute(
            "update erasure set finished_at = $at where erasure_key = $key", ("$at", at.ToDb()), ("$key", key));

        /// <summary>Remembers that an open delivery told something erased, until it is settled.</summary>
        public void InsertErasedFact(long deliveryId, byte[] hash, bool dropped) => session.Execute(
            "insert into erased_fact (delivery_id, hash, dropped) values ($delivery, $hash, $dropped) on conflict (delivery_id, hash) do update set dropped = excluded.dropped",
            ("$delivery", deliveryId), ("$hash", hash), ("$dropped", dropped ? 1 : 0));

        public long CountDropped(long deliveryId) => session.First(
            "select count(*) from erased_fact where delivery_id = $delivery and dropped = 1", row => row.GetInt64(0), ("$delivery", deliveryId));

        public bool ToldErasedFacts(long deliveryId) =>
            session.First("select 1 from erased_fact where delivery_id = $delivery limit 1", row => row.GetInt64(0), ("$delivery", deliveryId)) == 1;

        public List<(long DeliveryId, bool IsOpen)> DeliveriesWithErasedFacts() => session.Query(
            "select distinct delivery_id, coalesce(status, 2) from erased_fact left join inbox using (delivery_id)", row => (row.GetInt64(0), row.GetInt64(1) == 0));

        /// <summary>Removes body and headers of a delivery that is settled. The row stays, so that a repeated delivery is still known.</summary>
        /// <returns>Whether there was a body.</returns>
        public bool EraseBody(long deliveryId)
        {
            session.Execute("delete from erased_fact where delivery_id = $id", ("$id", deliveryId));
            session.Execute("update inbox set status = case status when 2 then 2 else 3 end, reason = 'erased' where delivery_id = $id", ("$id", deliveryId));
            return session.Execute("delete from inbox_body where delivery_id = $id", ("$id", deliveryId)) == 1;
        }

        public bool IsOpen(long deliveryId) =>
            session.First("select status from inbox where delivery_id = $id", row => (long?)row.GetInt64(0), ("$id", deliveryId)) == 0;

        public int DeleteMention(string name, long eventKey) =>
            session.Execute("delete from mention where name = $name and event_key = $event", ("$name", name), ("$event", eventKey));

        public EventRow? EventByKey(long eventKey) =>
            session.First("select event_id from event where event_key = $key", row => (Guid?)row.Id(0), ("$key", eventKey)) is { } id ? session.FindEvent(id) : null;

        /// <summary>Events that came over a connection, by key.</summary>
        public List<long> EventsOfConnection(string connection, long after, int limit) => session.Query(
            "select event_key from event where event_key > $after and connection = $connection order by event_key limit $limit",
            row => row.GetInt64(0), ("$after", after), ("$connection", connection), ("$limit", limit));

        public List<string> NodeNamesOf(long contactKey) => session.Query("select name from node where contact_key = $contact order by name", row => row.GetString(0), ("$contact", contactKey));

        public List<Guid> EventIdsOf(long contactKey) => session.Query(
            "select event_id from event join node using (node_key) where contact_key = $contact", row => row.Id(0), ("$contact", contactKey));

        /// <summary>Keys of a contact and of those that it took in.</summary>
        public List<long> ContactsLedTo(long contactKey) => session.Query(
            "select $key union select contact_key from contact where merged_into = $key", row => row.GetInt64(0), ("$key", contactKey));

        public List<Guid> FormerIdsOf(long contactKey) => session.Query(
            "select contact_id from contact where merged_into = $key order by contact_key", row => row.Id(0), ("$key", contactKey));

        /// <summary>Lets go of the nodes of a contact, so that what is left of its group begins anew.</summary>
        public void DetachNodes(long contactKey) => session.Execute("update node set contact_key = null where contact_key = $contact", ("$contact", contactKey));

        public List<(string One, string Other)> RefusedTiesOf(long groupKey) => session.Query(
            "select one, other from refused_tie where group_key = $group", row => (row.GetString(0), row.GetString(1)), ("$group", groupKey));

        /// <summary>Leaves nothing of a contact but its id.</summary>
        /// <returns>The id, or null when it was erased before.</returns>
        public Guid? EraseContact(long contactKey, DateTimeOffset at) => session.First(
            """
            update contact set state = null, search = null, born_of = '', merged_into = null, erased_at = $at
            where contact_key = $key and erased_at is null returning contact_id
            """, row => (Guid?)row.Id(0), ("$at", at.ToDb()), ("$key", contactKey));

        /// <summary>Whether nothing is left of a contact: no events, and nobody who took it in.</summary>
        public bool IsEnded(long contactKey) => session.First(
            "select 1 from contact where contact_key = $key and state is null and merged_into is null and erased_at is null", row => row.GetInt64(0), ("$key", contactKey)) == 1;

        public bool IsErased(Guid contactId) =>
            session.First("select 1 from contact where contact_id = $id and erased_at is not null", row => row.GetInt64(0), ("$id", contactId.ToDb())) == 1;

        public int DeleteDecision(Guid id) => session.Execute("delete from decision where decision_id = $id", ("$id", id.ToDb()));

        public List<(long Key, string Kind, byte[] Body)> WaitingMessages() => session.Query(
            "select outbox_key, kind, body from outbox", row => (row.GetInt64(0), row.GetString(1), row.Bytes(2)));

        public void DeleteMessage(long key) => session.Execute("delete from outbox where outbox_key = $key", ("$key", key));
    }

    private static StoredErasure Read(DbDataReader row) => new(
        row.GetInt64(0), row.Time(1), row.Text(2),
        row.Text(3) is { } terms ? JsonSerializer.Deserialize(terms, PrivacyJson.Default.ErasureTerms) : null,
        !row.IsDBNull(4), !row.IsDBNull(5), row.GetInt64(6), row.GetInt64(7));
}
