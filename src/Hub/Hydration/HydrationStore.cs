using IntegrationHub.Connectors;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Hydration;

/// <summary>The objects that deliveries hint at and that are still to be fetched. Many hints at one object are one row.</summary>
internal sealed class HydrationStore(IDatabase database, TimeProvider time)
{
    /// <summary>How long a hint waits for others at the same object before it is fetched: one call then serves them all.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    /// <summary>Notes what a delivery hints at. Doing it again for the same delivery asks for the objects anew.</summary>
    /// <param name="onlyHints">Whether the delivery tells nothing else, so that it waits for the objects alone; with this reason.</param>
    public Task HintAsync(StoredDelivery delivery, IReadOnlyList<ObjectReference> objects, string? onlyHints, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        foreach (var (type, id) in objects) Hint(session, delivery, type, id);
        return onlyHints is null ? 0 : session.Execute("update inbox set status = 1, reason = $reason where delivery_id = $id", ("$reason", onlyHints), ("$id", delivery.Id));
    }, cancellationToken);

    /// <summary>Objects of a connection that may be fetched now, the longest due first.</summary>
    public List<DueObject> Due(string connection, int limit) => database.Read(session => session.Query(
        "select object_type, object_id, hints, attempts from hydration where connection = $connection and due_at <= $now order by due_at limit $limit",
        row => new DueObject(connection, new ObjectReference(row.GetString(0), row.GetString(1)), row.GetInt64(2), row.GetInt32(3)),
        ("$connection", connection), ("$now", time.GetUtcNow().ToDb()), ("$limit", limit)));

    /// <summary>When the next object of a connection is due; null when none waits.</summary>
    public DateTimeOffset? NextDue(string connection) => database.Read(session => session.First(
        "select min(due_at) from hydration where connection = $connection", row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.Time(0), ("$connection", connection)));

    /// <summary>How many objects wait, by connection.</summary>
    public List<(string Connection, long Count)> Waiting() => database.Read(session => session.Query(
        "select connection, count(*) from hydration group by connection", row => (row.GetString(0), row.GetInt64(1))));

    /// <summary>Puts fetched objects into the inbox. What was hinted at again meanwhile is fetched once more.</summary>
    public Task TakeAsync(DueObject due, IReadOnlyList<VendorObject> objects, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        var now = time.GetUtcNow();
        foreach (var read in objects) InboxStore.Append(session, NewDelivery.Of(due.Connection, read, DeliveryOrigin.Hydration, now));
        if (session.Execute(
            "update hydration set due_at = $due, attempts = 0, reason = null where connection = $connection and object_type = $type and object_id = $id and hints > $hints",
            [("$due", (now + Window).ToDb()), ("$hints", due.Hints), .. Of(due)]) == 0) Settle(session, due, DeliveryStatus.Done, null);
        return 0;
    }, cancellationToken);

    /// <summary>Gives an object up: its hints end with this status and reason.</summary>
    public Task EndAsync(DueObject due, DeliveryStatus status, string reason, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        Settle(session, due, status, reason);
        return 0;
    }, cancellationToken);

    /// <summary>Tries an object again later; its deliveries show why.</summary>
    public Task PostponeAsync(DueObject due, TimeSpan wait, string reason, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        session.Execute("update hydration set due_at = $due, attempts = attempts + 1, reason = $reason where connection = $connection and object_type = $type and object_id = $id",
            [("$due", (time.GetUtcNow() + wait).ToDb()), ("$reason", reason), .. Of(due)]);
        return session.Execute($"update inbox set reason = $reason where status = 1 and delivery_id in ({HintsOf})", [("$reason", reason), .. Of(due)]);
    }, cancellationToken);

    /// <summary>Makes everything that a connection waits for due at once: its settings have changed, or an admin asks.</summary>
    public Task HurryAsync(string connection, CancellationToken cancellationToken) => database.WriteAsync(session => session.Execute(
        "update hydration set due_at = $now, attempts = 0 where connection = $connection and due_at > $now", ("$now", time.GetUtcNow().ToDb()), ("$connection", connection)), cancellationToken);

    private const string HintsOf = "select delivery_id from hydration_hint where connection = $connection and object_type = $type and object_id = $id";

    private void Hint(DbSession session, StoredDelivery delivery, string type, string id)
    {
        session.Execute(
            """
            insert into hydration (connection, object_type, object_id, hints, due_at) values ($connection, $type, $id, 1, $due)
            on conflict do update set hints = hints + 1
            """, ("$connection", delivery.Connection), ("$type", type), ("$id", id), ("$due", (time.GetUtcNow() + Window).ToDb()));
        session.Execute("insert into hydration_hint (delivery_id, connection, object_type, object_id) values ($delivery, $connection, $type, $id) on conflict do nothing",
            ("$delivery", delivery.Id), ("$connection", delivery.Connection), ("$type", type), ("$id", id));
    }

    // A delivery that hints at several objects ends with the last one; one that told facts of its own is done whatever became of the rest.
    private static void Settle(DbSession session, DueObject due, DeliveryStatus status, string? reason)
    {
        var deliveries = session.Query(HintsOf, row => row.GetInt64(0), [.. Of(due)]);
        session.Execute("delete from hydration where connection = $connection and object_type = $type and object_id = $id", [.. Of(due)]);
        session.Execute("delete from hydration_hint where connection = $connection and object_type = $type and object_id = $id", [.. Of(due)]);
        foreach (var delivery in deliveries)
        {
            session.Execute(
                """
                update inbox set reason = $reason,
                    status = case when $status = 3 and exists (select 1 from event_delivery where delivery_id = $delivery) then 2 else $status end
                where delivery_id = $delivery and (status = 1 or $status = 4) and not exists (select 1 from hydration_hint where delivery_id = $delivery)
                """, ("$reason", reason), ("$status", (int)status), ("$delivery", delivery));
        }
    }

    private static (string, object?)[] Of(DueObject due) => [("$connection", due.Connection), ("$type", due.Reference.ObjectType), ("$id", due.Reference.ObjectId)];
}

/// <summary>An object that may be fetched.</summary>
/// <param name="Hints">How many hints there were when it was taken up.</param>
/// <param name="Attempts">How often it was tried in vain.</param>
internal sealed record DueObject(string Connection, ObjectReference Reference, long Hints, int Attempts);
