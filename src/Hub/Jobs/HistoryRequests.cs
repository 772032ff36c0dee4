using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Jobs;

/// <summary>Begins runs, or goes on with those that are there.</summary>
internal sealed class HistoryRequests(IDatabase database, ConfigurationSource configuration, TimeProvider time)
{
    // Runs that lie back further say nothing that the last good one does not.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Reads history. A run that is under way, or ended before its last page, goes on; one that is complete begins anew.</summary>
    /// <param name="since">Objects changed at or after this time; null for all, or for what the run under way has.</param>
    /// <param name="streams">Which; none for all.</param>
    /// <param name="restart">Whether runs begin anew in any case.</param>
    public async Task<HistoryStart> BackfillAsync(string name, DateTimeOffset? since, IReadOnlyList<string> streams, bool restart, CancellationToken cancellationToken)
    {
        var connection = configuration.Current.Connections.GetValueOrDefault(name);
        if (connection?.History is not { } history) return Refusal(name, connection);
        if (streams.FirstOrDefault(stream => !history.Streams.Contains(stream, StringComparer.Ordinal)) is { } unknown)
            return new HistoryStart.Invalid($"'{unknown}' is not a stream of '{name}'; there are {string.Join(", ", history.Streams)}.");
        var wanted = history.Streams.Where(stream => streams.Count == 0 || streams.Contains(stream, StringComparer.Ordinal)).ToList();
        return await database.WriteAsync<HistoryStart>(session =>
        {
            var now = time.GetUtcNow();
            var latest = HistoryStore.Latest(session, name, DeliveryOrigin.Backfill).Where(run => wanted.Contains(run.Stream, StringComparer.Ordinal)).ToList();
            if (!restart && since is not null && latest.Find(run => run.Status is "running" or "waiting" && run.Since != since) is { } other)
                return new HistoryStart.Invalid($"'{name}' reads {other.Stream} {(other.Since is { } begin ? $"since {begin:u}" : "from the beginning")} already. Leave the date out to go on with that, or ask to begin anew.");
            if (restart) latest.ForEach(run => HistoryStore.Finish(session, run.Id, null, "it was begun anew", now));
            foreach (var stream in wanted) Backfill(session, name, stream, since, restart ? null : latest.Find(run => run.Stream == stream), now);
            return new HistoryStart.Begun(HistoryStore.Latest(session, name, DeliveryOrigin.Backfill).FindAll(run => wanted.Contains(run.Stream, StringComparer.Ordinal)));
        }, cancellationToken);
    }

    /// <summary>Reads what has changed since the last run. A run that is under way goes on.</summary>
    public async Task<HistoryStart> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        var connection = configuration.Current.Connections.GetValueOrDefault(name);
        if (connection?.History is not { } history) return Refusal(name, connection);
        return await database.WriteAsync<HistoryStart>(session =>
        {
            var now = time.GetUtcNow();
            foreach (var stream in history.Streams)
            {
                Begin(session, name, stream, DeliveryOrigin.Reconciliation, Since(session, name, stream, connection.Reconcile.Overlap, now), now);
                Forget(session, name, stream, now);
            }
            return new HistoryStart.Begun(HistoryStore.Latest(session, name, DeliveryOrigin.Reconciliation));
        }, cancellationToken);
    }

    /// <summary>Notes connections that are seen for the first time: their reconciliation begins now.</summary>
    public Task SeeAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        foreach (var name in names) See(session, name, time.GetUtcNow());
        return 0;
    }, cancellationToken);

    private static HistoryStart Refusal(string name, Connection? connection) => connection switch
    {
        null => new HistoryStart.Unknown(),
        { Enabled: false } => new HistoryStart.Impossible($"'{name}' is not enabled; set \"enabled\": true in the connectors file."),
        { Source: not IBackfill } => new HistoryStart.Impossible($"{connection.Connector.Name} has no history that this hub can read."),
        _ => new HistoryStart.Impossible($"The settings of '{name}' hold no key to the API of {connection.Connector.Name}; see the connector's page."),
    };

    // One that ended early has its cursor still.
    private static void Backfill(DbSession session, string name, string stream, DateTimeOffset? since, HistoryRun? before, DateTimeOffset now)
    {
        if (before is { Status: "failed" } && (since is null || since == before.Since))
            session.Execute("update history_run set finished_at = null, fault = null, problem = null, attempts = 0 where run_id = $id", ("$id", before.Id));
        if (before is { Status: "failed" or "waiting" or "running" })
            session.Execute("update history_run set due_at = $now, attempts = 0 where run_id = $id", ("$id", before.Id), ("$now", now.ToDb()));
        Begin(session, name, stream, DeliveryOrigin.Backfill, since, now);
    }

    private static void Begin(DbSession session, string name, string stream, DeliveryOrigin origin, DateTimeOffset? since, DateTimeOffset now) => session.Execute(
        """
        insert into history_run (connection, stream, origin, since, until, due_at, started_at) values ($connection, $stream, $origin, $since, $now, $now, $now)
        on conflict do nothing
        """,
        ("$connection", name), ("$stream", stream), ("$origin", (int)origin), ("$since", since?.ToDb()), ("$now", now.ToDb()));

    // A run from the future was made under a wrong clock: nobody knows when it really was, so the last one before it counts.
    private static DateTimeOffset Since(DbSession session, string name, string stream, TimeSpan overlap, DateTimeOffset now)
    {
        var last = session.First(
            "select max(until) from history_run where connection = $connection and stream = $stream and origin = 3 and until <= $now and finished_at is not null and problem is null",
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.Time(0), ("$connection", name), ("$stream", stream), ("$now", now.ToDb()));
        if (last is { } until) return until - overlap;
        var seen = See(session, name, now);
        return seen <= now ? seen : now - overlap;
    }

    private static DateTimeOffset See(DbSession session, string name, DateTimeOffset now)
    {
        session.Execute("insert into history_connection (connection, first_seen) values ($connection, $now) on conflict do nothing", ("$connection", name), ("$now", now.ToDb()));
        return session.First("select first_seen from history_connection where connection = $connection", row => row.Time(0), ("$connection", name));
    }

    private static void Forget(DbSession session, string name, string stream, DateTimeOffset now) => session.Execute(
        """
        delete from history_run where connection = $connection and stream = $stream and origin = 3 and finished_at < $before
            and run_id < (select max(run_id) from history_run where connection = $connection and stream = $stream and origin = 3 and finished_at is not null and problem is null)
        """, ("$connection", name), ("$stream", stream), ("$before", (now - Kept).ToDb()));
}

/// <summary>What became of the wish to read history.</summary>
internal abstract record HistoryStart
{
    private HistoryStart() { }

    /// <summary>These runs are under way.</summary>
    public sealed record Begun(IReadOnlyList<HistoryRun> Runs) : HistoryStart;

    /// <summary>There is no such connection.</summary>
    public sealed record Unknown : HistoryStart;

    /// <summary>The connection has no history to read.</summary>
    public sealed record Impossible(string Problem) : HistoryStart;

    /// <summary>It can't be done in the way that was asked for.</summary>
    public sealed record Invalid(string Problem) : HistoryStart;
}
