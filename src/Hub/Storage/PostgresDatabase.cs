using System.Threading.Channels;

namespace IntegrationHub.Hub.Storage;

/// <summary>A PostgreSQL database, which any number of processes share. A few lanes write side by side, one of them the record, some only what comes in; readers run beside them on snapshots.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    // Two commits are on their way to the disk at a time: while one waits for it, the other gathers.
    private const int Lanes = 2;
    private const int MaxLooks = 25;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(40);

    private readonly PostgresServer server;
    private readonly Channel<Work> queue = Channel.CreateUnbounded<Work>();
    private readonly Channel<Work> arrivals = Channel.CreateUnbounded<Work>();
    private readonly Channel<Work> recordQueue = Channel.CreateUnbounded<Work>();
    private readonly List<PostgresLane> lanes = [];
    private readonly PostgresHolds holds;

    private PostgresDatabase(PostgresServer server)
    {
        this.server = server;
        holds = new PostgresHolds(server);
        for (var i = 0; i < Lanes; i++)
        {
            lanes.Add(new PostgresLane(server, arrivals, isSerializable: false, lockKey: null));
            lanes.Add(new PostgresLane(server, queue, isSerializable: true, lockKey: null));
        }
        lanes.Add(new PostgresLane(server, recordQueue, isSerializable: true, PostgresLocks.Record));
        lanes.ForEach(lane => lane.Start());
    }

    /// <summary>Opens the database and brings its schema up to date.</summary>
    /// <exception cref="StorageException">It can't be reached, refuses, or is of a newer hub.</exception>
    public static PostgresDatabase Open(string connectionString)
    {
        var server = new PostgresServer(connectionString);
        try
        {
            PostgresSchema.Migrate(server);
            using (var session = server.Open()) PostgresSchema.RequireComplete(session, server.Errors.Database);
            return new PostgresDatabase(server);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public bool IsShared => true;

    public Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => EnqueueAsync(queue, new Work<T>(work, cancellationToken));

    public Task<TResult> TakeInAsync<TItem, TResult>(TItem item, Func<DbSession, IReadOnlyList<TItem>, IReadOnlyList<TResult>> write, CancellationToken cancellationToken) =>
        EnqueueAsync(arrivals, new SharedWork<TItem, TResult>(item, write, cancellationToken));

    public Task<T> WriteRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => EnqueueAsync(recordQueue, new Work<T>(work, cancellationToken));

    public bool TryHold(string what) => holds.TryHold(what);

    public void LetGo(string what) => holds.LetGo(what);

    public T Read<T>(Func<DbSession, T> query)
    {
        using var session = server.Open();
        session.BeginSnapshot();
        try
        {
            var result = query(session);
            session.EndSnapshot();
            return result;
        }
        catch
        {
            session.RollBack();
            // What else waits in the pool was closed by the server as well.
            if (session.IsLost) server.Forget();
            throw;
        }
    }

    // The server keeps old rows for whoever may still read them; then vacuum removes them. What the log and its archives hold is not in the hub's hands.
    public async Task<bool> ScrubAsync(CancellationToken cancellationToken)
    {
        using var session = server.Open();
        var now = session.First("select cast(cast(pg_current_xact_id() as text) as bigint)", row => row.GetInt64(0));
        for (var look = 1; IsHeldBack(session, now); look++)
        {
            if (look == MaxLooks) return false;
            await Task.Delay(LookInterval, cancellationToken);
        }
        foreach (var table in Schema.Tables) session.Execute($"vacuum {table}");
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        arrivals.Writer.TryComplete();
        recordQueue.Writer.TryComplete();
        await Task.Run(() => lanes.ForEach(lane => lane.Dispose()));
        holds.Dispose();
        server.Dispose();
    }

    private static Task<T> EnqueueAsync<T>(Channel<Work> queue, Work<T> work) =>
        queue.Writer.TryWrite(work) ? work.Task : Task.FromException<T>(new ObjectDisposedException(nameof(PostgresDatabase)));

    private static bool IsHeldBack(DbSession session, long transaction) => session.First(
        """
        select exists (select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            and age(backend_xmin) >= age(cast(cast(mod($transaction, 4294967296) as text) as xid)))
        """, row => row.GetBoolean(0), ("$transaction", transaction));
}
