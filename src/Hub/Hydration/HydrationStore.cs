using IntegrationHub.Connectors;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Hydration;

/// <summary>The objects that deliveries hint at and that are still to be fetched. Many hints at one object are one row.</summary>
internal sealed class HydrationStore(IDatabase database, TimeProvider time)
{
    /// <summary>How long a hint waits for others at the same object before it is fetched: one call then serves them all.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    /// <summary>Whether other processes hint at objects, too.</summary>
    public bool IsShared => database.IsShared;

    /// <summary>Whether this process is the one that fetches for a connection: one at a time does, or the same object would be fetched twice.</summary>
    public bool TryHold(string connection) => database.TryHold($"hydration {connection}");

    private const int MaxTraces = 32;

    /// <summary>Notes what a delivery hints at. Doing it again for the same delivery asks for the objects anew.</summary>
    /// <param name="standing">Where the delivery stands then, and why; null when it tells facts besides, which settle it.</param>
    public Task HintAsync(StoredDelivery delivery, IReadOnlyList<ObjectReference> objects, (DeliveryStatus Status, string Reason)? standing, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        // Due together, what one delivery hints at is fetched together.
        var due = (time.GetUtcNow() + Window).ToDb();
        foreach (var (type, id) in objects) Hint(session, delivery, type, id, due);
        return standing is not { } given ? 0 : session.Execute("update inbox set status = $status, reason = $reason where delivery_id = $id",
            ("$status", (int)given.Status), ("$reason", given.Reason), ("$id", delivery.Id));
    }, cancellationToken);

    /// <summary>Objects of a connection that may be fetched now, the longest due first.</summary>
    public List<DueObject> Due(string connection, int limit) => database.Read(session => session.Query(
        "select object_type, object_id, hints, attempts, fault from hydration where connection = $connection and due_at <= $now order by due_at limit $limit",
        row => new DueObject(connection, new ObjectReference(row.GetString(0), row.GetString(1)), row.GetInt64(2), row.GetInt32(3), row.IsDBNull(4) ? null : (VendorFault)row.GetInt32(4)),
        ("$connection", connection), ("$now", time.GetUtcNow().ToDb()), ("$limit", limit)));

    /// <summary>When the next object of a connection is due; null when none waits.</summary>
    public DateTimeOffset? NextDue(string connection) => database.Read(session => session.First(
        "select min(due_at) from hydration where connection = $connection", row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.Time(0), ("$connection", connection)));

    /// <summary>How many objects wait, by connection.</summary>
    public List<(string Connection, long Count)> Waiting() => database.Read(session => session.Query(
        "select connection, count(*) from hydration group by connection", row => (row.GetString(0), row.GetInt64(1))));

    /// <summary>Whether an object of a connection waits because of this fault.</summary>
    public bool IsWaitedFor(string connection, VendorFault fault) => database.Read(session => session.First(
        "select 1 from hydration where connection = $connection and fault = $fault limit 1", row => row.GetInt32(0), ("$connection", connection), ("$fault", (int)fault))) == 1;

    /// <summary>Traces of the deliveries that wait for an object, the first hint first.</summary>
    public List<string> TracesOf(DueObject due) => database.Read(session => session.Query(
        """
        select trace from hydration_hint join inbox_body using (delivery_id)
        where connection = $connection and object_type = $type and object_id = $id and ended is null and trace is not null order by number limit $limit
        """, row => row.GetString(0), [("$limit", MaxTraces), .. Of(due)]));

    /// <summary>Puts fetched objects into the inbox. What was hinted at again meanwhile is fetched once more.</summary>
    public Task TakeAsync(DueObject due, IReadOnlyList<VendorObject> objects, CancellationToken cancellationToken)
    {
        var trace = Signals.Here;
        return database.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            InboxStore.Append(session, objects.Select(read => NewDelivery.Of(due.Connection, read, DeliveryOrigin.Hydration, now) with { Trace = trace }));
            Settle(session, due, DeliveryStatus.Done, null);
            return 0;
        }, cancellationToken);
    }

    /// <summary>Gives an object up: its hints end with this status and reason. What was hinted at again meanwhile is fetched once more.</summary>
    public Task EndAsync(DueObject due, DeliveryStatus status, string reason, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        Settle(session, due, status, reason);
        return 0;
    }, cancellationToken);

    /// <summary>Tries an object again later; its deliveries show why.</summary>
    public Task PostponeAsync(DueObject due, TimeSpan wait, VendorFault fault, string reason, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        session.Execute(
            """
            update hydration set due_at = $due, attempts = case when fault = $fault then attempts + 1 else 1 end, fault = $fault
            where connection = $connection and object_type = $type and object_id = $id
            """, [("$due", (time.GetUtcNow() + wait).ToDb()), ("$fault", (int)fault), .. Of(due)]);
        return session.Execute(
            """
            update inbox set reason = $reason where status = 1 and delivery_id in
                (select delivery_id from hydration_hint where connection = $connection and object_type = $type and object_id = $id and ended is null)
            """, [("$reason", reason), .. Of(due)]);
    }, cancellationToken);

    /// <summary>Makes everything that a connection waits for due at once: its settings have changed, or an admin asks.</summary>
    public Task HurryAsync(string connection, CancellationToken cancellationToken) => database.WriteAsync(session => session.Execute(
        "update hydration set due_at = case when due_at < $now then due_at else $now end, attempts = 0, fault = null where connection = $connection", ("$now", time.GetUtcNow().ToDb()), ("$connection", connection)), cancellationToken);

    /// <summary>Ends a delivery that waits for no object any more: done, or as the worst of its objects ended. One whose facts are not merged yet is left for then.</summary>
    public static void Conclude(DbSession session, long delivery)
    {
        session.Post(
            """
            update inbox set
                status = case
                    when exists (select 1 from hydration_hint where delivery_id = $delivery and ended = 4) then 4
                    when exists (select 1 from hydration_hint where delivery_id = $delivery and ended = 2) then 2
                    when exists (select 1 from event_delivery where delivery_id = $delivery) then 2
                    else 3 end,
                reason = (select reason from hydration_hint where delivery_id = $delivery and reason is not null order by ended desc, object_type, object_id limit 1)
            where delivery_id = $delivery and status = 1 and not exists (select 1 from hydration_hint where delivery_id = $delivery and ended is null)
            """, ("$delivery", delivery));
        session.Post(
            "delete from hydration_hint where delivery_id = $delivery and not exists (select 1 from inbox where delivery_id = $delivery and status in (0, 1))", ("$delivery", delivery));
    }

    /// <summary>Those of these deliveries that wait for objects, or whose objects have ended before their facts were merged.</summary>
    public static HashSet<long> Hinting(DbSession session, IEnumerable<long> deliveries) => [.. session.Query(
        "select distinct delivery_id from hydration_hint where delivery_id in $deliveries", row => row.GetInt64(0), ("$deliveries", deliveries.ToArray()))];

    private static void Hint(DbSession session, StoredDelivery delivery, string type, string id, long due)
    {
        DueObject hinted = new(delivery.Connection, new ObjectReference(type, id), 0, 0, null);
        var number = session.First(
            """
            insert into hydration (connection, object_type, object_id, hints, due_at) values ($connection, $type, $id, 1, $due)
            on conflict (connection, object_type, object_id) do update set hints = hydration.hints + 1 returning hints
            """, row => row.GetInt64(0), [("$due", due), .. Of(hinted)]);
        var isNew = session.Execute(
            "insert into hydration_hint (delivery_id, connection, object_type, object_id, number) values ($delivery, $connection, $type, $id, $number) on conflict do nothing",
            [("$delivery", delivery.Id), ("$number", number), .. Of(hinted)]) == 1;
        if (isNew) return;
        session.Execute("update hydration_hint set number = $number, ended = null, reason = null where delivery_id = $delivery and object_type = $type and object_id = $id",
            ("$delivery", delivery.Id), ("$number", number), ("$type", type), ("$id", id));
        session.Execute("update hydration set due_at = case when due_at < $due then due_at else $due end where connection = $connection and object_type = $type and object_id = $id", [("$due", due), .. Of(hinted)]);
    }

    private void Settle(DbSession session, DueObject due, DeliveryStatus status, string? reason)
    {
        var again = session.Execute(
            "update hydration set due_at = $due, attempts = 0, fault = null where connection = $connection and object_type = $type and object_id = $id and hints > $hints",
            [("$due", (time.GetUtcNow() + Window).ToDb()), ("$hints", due.Hints), .. Of(due)]) == 1;
        if (!again) session.Execute("delete from hydration where connection = $connection and object_type = $type and object_id = $id", [.. Of(due)]);
        var deliveries = session.Query(
            """
            update hydration_hint set ended = $status, reason = $reason
            where connection = $connection and object_type = $type and object_id = $id and ended is null and number <= $hints returning delivery_id
            """, row => row.GetInt64(0), [("$status", (int)status), ("$reason", reason), ("$hints", due.Hints), .. Of(due)]);
        foreach (var delivery in deliveries) Conclude(session, delivery);
    }

    private static (string, object?)[] Of(DueObject due) => [("$connection", due.Connection), ("$type", due.Reference.ObjectType), ("$id", due.Reference.ObjectId)];
}

/// <summary>An object that may be fetched.</summary>
/// <param name="Hints">How many hints there were when it was taken up.</param>
/// <param name="Attempts">How often in a row it failed by <paramref name="Fault"/>.</param>
/// <param name="Fault">How it failed last; null when it was not tried yet.</param>
internal sealed record DueObject(string Connection, ObjectReference Reference, long Hints, int Attempts, VendorFault? Fault)
{
    /// <summary>How often in a row it has failed by this fault.</summary>
    public int FailuresBy(VendorFault fault) => Fault == fault ? Attempts : 0;
}
