using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Jobs;

/// <summary>How far history has been read. A page and the place where the next one begins are stored together, so that a run goes on where it was, whenever it is killed.</summary>
internal sealed class HistoryStore(IDatabase database, TimeProvider time)
{
    // Half of what may be in flight: history never takes the places that live webhooks need.
    private const int MaxOpenDeliveries = 2048;

    private const string Select =
        """
        select run_id, connection, stream, origin, since, until, cursor, pages, objects, accepted, total, first_delivery, last_delivery,
            attempts, due_at, fault, problem, started_at, finished_at from history_run
        """;

    /// <summary>Whether other processes read history, too.</summary>
    public bool IsShared => database.IsShared;

    public HistoryRun? Find(long id) => database.Read(session => session.First($"{Select} where run_id = $id", Read, ("$id", id)));

    /// <summary>Runs of a connection, the newest first.</summary>
    public List<HistoryRun> List(string connection, int limit) => database.Read(session => session.Query(
        $"{Select} where connection = $connection order by run_id desc limit $limit", Read, ("$connection", connection), ("$limit", limit)));

    /// <summary>The latest run of each stream for this purpose.</summary>
    public static List<HistoryRun> Latest(DbSession session, string connection, DeliveryOrigin origin) => session.Query(
        $"{Select} where run_id in (select max(run_id) from history_run where connection = $connection and origin = $origin group by stream) order by run_id",
        Read, ("$connection", connection), ("$origin", (int)origin));

    /// <inheritdoc cref="Latest(DbSession, string, DeliveryOrigin)"/>
    public List<HistoryRun> Latest(string connection, DeliveryOrigin origin) => database.Read(session => Latest(session, connection, origin));

    /// <summary>The run that a connection goes on with: of those that are due the reconciliations first, in the order of the streams; when none is due, the one that is due next.</summary>
    public HistoryRun? Next(string connection) => database.Read(session => session.First(
        $"""
        {Select} where connection = $connection and finished_at is null
        order by due_at > $now, case when due_at > $now then due_at else -origin end, run_id limit 1
        """, Read, ("$connection", connection), ("$now", time.GetUtcNow().ToDb())));

    /// <summary>Connections that have something to go on with, and from when on.</summary>
    public List<(string Connection, DateTimeOffset DueAt)> Open() => database.Read(session => session.Query(
        "select connection, min(due_at) from history_run where finished_at is null group by connection", row => (row.GetString(0), row.Time(1))));

    /// <summary>Whether so much waits in the inbox that history waits as well.</summary>
    public bool IsInboxFull() => database.Read(session => session.First(
        "select count(*) from (select 1 from inbox where status = 0 limit $limit) open", row => row.GetInt64(0), ("$limit", MaxOpenDeliveries))) == MaxOpenDeliveries;

    /// <summary>Whether a run of a connection waits for a right that its key lacks.</summary>
    public bool AnyForbidden(string connection) => database.Read(session => session.First(
        "select exists (select 1 from history_run where connection = $connection and finished_at is null and fault = $fault)", row => row.GetBoolean(0),
        ("$connection", connection), ("$fault", (int)VendorFault.Forbidden)));

    /// <summary>Puts the objects of a page into the inbox and remembers where the next one begins. Does nothing when the run was begun anew meanwhile.</summary>
    public Task TakeAsync(HistoryRun run, BackfillPage page, CancellationToken cancellationToken) => TakeAsync(run, page, Signals.Here, cancellationToken);

    private Task TakeAsync(HistoryRun run, BackfillPage page, string? trace, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        if (!IsWhereItWas(session, run)) return 0;
        var now = time.GetUtcNow();
        var appended = InboxStore.Append(session, page.Objects.Select(read => NewDelivery.Of(run.Connection, read, run.Origin, now) with { Trace = trace })).OfType<AppendOutcome.Accepted>().Select(stored => stored.Id).ToList();
        session.Execute(
            """
            update history_run set cursor = $next, pages = pages + 1, objects = objects + $objects, accepted = accepted + $accepted, total = coalesce($total, total),
                first_delivery = coalesce(first_delivery, $first), last_delivery = coalesce($last, last_delivery), attempts = 0, due_at = $now, fault = null, problem = null
            where run_id = $id
            """,
            ("$id", run.Id), ("$next", page.Next), ("$objects", page.Objects.Count), ("$accepted", appended.Count), ("$total", page.Total),
            ("$first", appended.Count > 0 ? appended.Min() : null), ("$last", appended.Count > 0 ? appended.Max() : null), ("$now", now.ToDb()));
        if (page.Next is null) Finish(session, run.Id, null, null, now);
        else if (GoesInCircles(session, run, page, page.Next)) Finish(session, run.Id, VendorFault.Misread, $"the vendor's pages go round in a circle: page {run.Pages + 1} leads back to one that was read; all until there is kept", now);
        return 0;
    }, cancellationToken);

    /// <summary>Tries again later. Does nothing when another process has gone on with the run meanwhile.</summary>
    public Task PostponeAsync(HistoryRun run, VendorFault fault, string problem, DateTimeOffset dueAt, CancellationToken cancellationToken) => database.WriteAsync(session => session.Execute(
        "update history_run set attempts = attempts + 1, due_at = $due, fault = $fault, problem = $problem where run_id = $id and finished_at is null and pages = $pages",
        ("$id", run.Id), ("$pages", run.Pages), ("$due", dueAt.ToDb()), ("$fault", (int)fault), ("$problem", problem)), cancellationToken);

    /// <summary>Ends a run before its last page. Its cursor stays, to go on with. Does nothing when another process has gone on with the run meanwhile.</summary>
    public Task FailAsync(HistoryRun run, VendorFault fault, string problem, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        if (IsWhereItWas(session, run)) Finish(session, run.Id, fault, problem, time.GetUtcNow());
        return 0;
    }, cancellationToken);

    /// <summary>Ends a run that is open.</summary>
    public static void Finish(DbSession session, long id, VendorFault? fault, string? problem, DateTimeOffset now)
    {
        session.Execute("update history_run set finished_at = $now, fault = $fault, problem = $problem where run_id = $id and finished_at is null",
            ("$id", id), ("$now", now.ToDb()), ("$fault", (int?)fault), ("$problem", problem));
        session.Execute("delete from history_cursor where run_id = $id", ("$id", id));
    }

    /// <summary>Makes what a connection waits for due at once: its settings have changed, or an admin asks.</summary>
    public Task HurryAsync(string connection, CancellationToken cancellationToken) => database.WriteAsync(session => session.Execute(
        "update history_run set due_at = $now, attempts = 0 where connection = $connection and finished_at is null", ("$now", time.GetUtcNow().ToDb()), ("$connection", connection)), cancellationToken);

    /// <summary>How many deliveries of a run are open.</summary>
    public long OpenDeliveriesOf(HistoryRun run) => run.Deliveries is not var (first, last) ? 0 : database.Read(session => session.First(
        "select count(*) from inbox where status = 0 and delivery_id between $first and $last and connection || '' = $connection", row => row.GetInt64(0),
        ("$connection", run.Connection), ("$first", first), ("$last", last)));

    /// <summary>How many facts the deliveries of a run told so far. It costs a look at each of them.</summary>
    public long FactsOf(HistoryRun run) => run.Deliveries is not var (first, last) ? 0 : database.Read(session => session.First(
        """
        select count(distinct event_key) from inbox join event_delivery using (delivery_id)
        where connection = $connection and origin = $origin and origin > 1 and delivery_id between $first and $last
        """, row => row.GetInt64(0), ("$connection", run.Connection), ("$origin", (int)run.Origin), ("$first", first), ("$last", last)));

    private static bool IsWhereItWas(DbSession session, HistoryRun run) => session.First(
        "select exists (select 1 from history_run where run_id = $id and finished_at is null and pages = $pages)", row => row.GetBoolean(0), ("$id", run.Id), ("$pages", run.Pages));

    // A vendor can repeat the cursor. Or it does not look at the cursor, and answers each with the same page.
    private static bool GoesInCircles(DbSession session, HistoryRun run, BackfillPage page, string next)
    {
        var isKnown = IsKnown(session, run.Id, SHA256.HashData(Encoding.UTF8.GetBytes(next)));
        if (page.Objects.Count == 0) return isKnown;
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var read in page.Objects) content.AppendData(NewDelivery.Of(run.Connection, read, run.Origin, run.Until).Key.ToDb());
        return IsKnown(session, run.Id, content.GetHashAndReset()) || isKnown;
    }

    private static bool IsKnown(DbSession session, long id, byte[] hash) =>
        session.Execute("insert into history_cursor (run_id, hash) values ($id, $hash) on conflict do nothing", ("$id", id), ("$hash", hash[..16])) == 0;

    private static HistoryRun Read(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Connection = row.GetString(1),
        Stream = row.GetString(2),
        Origin = (DeliveryOrigin)row.GetInt32(3),
        Since = row.IsDBNull(4) ? null : row.Time(4),
        Until = row.Time(5),
        Cursor = row.Text(6),
        Pages = row.GetInt64(7),
        Objects = row.GetInt64(8),
        Accepted = row.GetInt64(9),
        Total = row.IsDBNull(10) ? null : row.GetInt64(10),
        Deliveries = row.IsDBNull(11) ? null : (row.GetInt64(11), row.GetInt64(12)),
        Attempts = row.GetInt32(13),
        DueAt = row.Time(14),
        Fault = row.IsDBNull(15) ? null : (VendorFault)row.GetInt32(15),
        Problem = row.Text(16),
        StartedAt = row.Time(17),
        FinishedAt = row.IsDBNull(18) ? null : row.Time(18),
    };
}
