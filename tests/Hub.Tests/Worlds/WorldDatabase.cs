using IntegrationHub.Hub.Storage;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>A database in memory that all processes of a world share, and that fails as servers do.</summary>
internal sealed class WorldDatabase : IDisposable
{
    private const int MaxWorkPerCommit = 8;

    private readonly WorldChance chance;
    private readonly bool isShared;

    public WorldDatabase(WorldChance chance, bool isShared)
    {
        this.chance = chance;
        this.isShared = isShared;
        Session = OpenMemory();
    }

    /// <summary>The database itself, for looking at what is committed.</summary>
    public DbSession Session { get; }

    /// <summary>Whether it can't be reached.</summary>
    public bool IsAway { get; set; }

    public static DbSession OpenMemory()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        SqliteSchema.Migrate(connection, "memory");
        return new SqliteSession(connection);
    }

    /// <summary>The database as a process sees it.</summary>
    public Access Of(WorldThread thread) => new(this, thread);

    public void Dispose() => Session.Dispose();

    private void Commit(List<Work> batch)
    {
        if (IsAway || chance.Strikes(WorldFault.CommitFails)) Fail(batch);
        else if (!TryCommit(batch)) CommitApart(batch);
        else if (chance.Strikes(WorldFault.CommitUnknown)) Fail(batch);
        else batch.ForEach(work => work.Complete());
    }

    private bool TryCommit(List<Work> batch)
    {
        try
        {
            Session.Execute("begin");
            batch.ForEach(work => work.Run(Session));
            // As after a serialization failure: nothing of the first run stays, and the second one counts.
            if (chance.Strikes(WorldFault.WorkRunTwice))
            {
                Session.Execute("rollback");
                Session.Execute("begin");
                batch.ForEach(work => work.Run(Session));
            }
            Session.Execute("commit");
            return true;
        }
        catch
        {
            Session.Execute("rollback");
            return false;
        }
    }

    private void CommitApart(List<Work> batch)
    {
        foreach (var work in batch)
        {
            Session.Execute("begin");
            try
            {
                work.Run(Session);
                Session.Execute("commit");
                work.Complete();
            }
            catch (Exception exception)
            {
                Session.Execute("rollback");
                work.Fail(exception);
            }
        }
    }

    private static void Fail(List<Work> batch) => batch.ForEach(work => work.Fail(Away()));

    private static StorageException Away() => new("The database can't be reached.", new IOException());

    /// <summary>The database as a process sees it: what it asks for is done later, some of it together.</summary>
    internal sealed class Access(WorldDatabase database, WorldThread thread) : IDatabase
    {
        private readonly List<Work> waiting = [];

        public bool IsShared => database.isShared;

        public bool HasWaiting => waiting.Count > 0;

        public Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken)
        {
            var item = new Work<T>(work, cancellationToken);
            waiting.Add(item);
            thread.Add("commit", CommitSome);
            return item.Task;
        }

        public Task<T> WriteRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => WriteAsync(work, cancellationToken);

        public T Read<T>(Func<DbSession, T> query) => database.IsAway ? throw Away() : query(database.Session);

        // What only one process at a time may do is no part of a world.
        public bool TryHold(string what) => throw new NotSupportedException();

        public void LetGo(string what) => throw new NotSupportedException();

        public Task<bool> ScrubAsync(CancellationToken cancellationToken) => Task.FromResult(true);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>What was on its way when the process died arrives all the same.</summary>
        public void CommitSome()
        {
            if (waiting.Count == 0) return;
            var batch = waiting.GetRange(0, Math.Min(waiting.Count, database.chance.Next(1, MaxWorkPerCommit + 1)));
            waiting.RemoveRange(0, batch.Count);
            database.Commit(batch);
        }
    }
}
