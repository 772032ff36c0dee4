using System.Diagnostics;
using System.Threading.Channels;

namespace IntegrationHub.Hub.Storage;

/// <summary>Takes work from a queue and commits what waits there together, over one connection and on a thread of its own.</summary>
/// <remarks>
/// A transaction is SERIALIZABLE: what holds with SQLite's single writer holds here by PostgreSQL's own guarantee. The price is that the server
/// may refuse a transaction for the sake of another one; then it is repeated. What relies on keys alone can do with less.
/// </remarks>
/// <param name="isSerializable">Whether it needs more than what keys guarantee.</param>
/// <param name="lockKey">A lock that is held around each transaction, over all processes; null for none.</param>
internal sealed class PostgresLane(PostgresServer server, Channel<Work> queue, bool isSerializable, long? lockKey) : IDisposable
{
    private const int MaxWorkPerCommit = 256;

    // A batch that was refused this often is run one by one: smaller transactions meet fewer others.
    private const int MaxRefusalsOfBatch = 3;
    private const int MaxPauseMilliseconds = 40;
    private static readonly TimeSpan MaxRepeating = TimeSpan.FromSeconds(15);

    private readonly ManualResetEventSlim closed = new();
    private PostgresSession? session;
    private bool isLocked;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "PostgreSQL lane" }.Start();

    /// <summary>Waits until all that was queued is done. The queue must have been completed.</summary>
    public void Dispose()
    {
        closed.Wait();
        closed.Dispose();
    }

    private void Run()
    {
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (queue.Reader.TryRead(out var first))
            {
                if (Gather(first) is { Count: > 0 } batch) CommitTogether(batch);
            }
        }
        Close();
        closed.Set();
    }

    // All that waits, before the transaction begins. It reads the state of the database as of its first statement: what is asked for later may build on
    // what another lane has committed since, and would not find it.
    private List<Work> Gather(Work first)
    {
        List<Work> batch = [];
        var next = first;
        do
        {
            if (next.IsWanted()) batch.Add(next);
        }
        while (batch.Count < MaxWorkPerCommit && queue.Reader.TryRead(out next));
        return batch;
    }

    private void CommitTogether(List<Work> batch)
    {
        try
        {
            Commit(batch);
            foreach (var work in batch) work.Complete();
        }
        catch (StorageException exception)
        {
            foreach (var work in batch) work.Fail(exception);
        }
        catch (Exception exception) when (batch.Count == 1)
        {
            batch[0].Fail(exception);
        }
        catch (Exception)
        {
            foreach (var work in batch) CommitTogether([work]);
        }
    }

    private void Commit(List<Work> batch)
    {
        var started = Stopwatch.GetTimestamp();
        var isStale = session is not null;
        for (var refusals = 0; ;)
        {
            try
            {
                Transact(batch);
                return;
            }
            catch (Exception exception) when (PostgresErrors.IsConflict(exception) && (refusals < MaxRefusalsOfBatch || batch.Count == 1))
            {
                session?.RollBack();
                if (Stopwatch.GetElapsedTime(started) > MaxRepeating) throw GiveUp(exception);
                refusals++;
                closed.Wait(Random.Shared.Next(1, Math.Min(MaxPauseMilliseconds, 2 << refusals)));
            }
            catch (StorageException) when (isStale && session is { IsLost: true, IsCommitting: false })
            {
                // The server was started anew since the last transaction, and has nothing of this one.
                isStale = false;
                Close();
            }
            catch (Exception)
            {
                LetGo();
                throw;
            }
        }
    }

    private void Transact(List<Work> batch)
    {
        session ??= server.Open();
        if (lockKey is { } key && !isLocked)
        {
            // Before the transaction, so that it reads what the lock's last holder has committed.
            session.Execute("select pg_advisory_lock($key)", ("$key", key));
            isLocked = true;
        }
        session.Begin(isSerializable);
        foreach (var alike in batch.GroupBy(work => work.Kind)) alike.First().RunTogether(session, [.. alike]);
        session.Commit(lockKey);
        isLocked = false;
    }

    private StorageException GiveUp(Exception exception)
    {
        LetGo();
        return new StorageException($"The database {server.Errors.Database} refused a transaction again and again for the sake of others. The hub tries again by itself.", exception);
    }

    // The server gives the lock back by itself when the connection is gone.
    private void LetGo()
    {
        session?.RollBack();
        if (isLocked && session is { IsLost: false } && lockKey is { } key && session.TryUnlock(key)) isLocked = false;
        if (isLocked || session is { IsLost: true }) Close();
    }

    private void Close()
    {
        session?.Discard();
        session = null;
        isLocked = false;
    }
}
