using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IntegrationHub.Hub.Storage;

/// <summary>The embedded database: one file in WAL mode, one writer that commits the work of many callers together, and readers beside it.</summary>
internal sealed class SqliteDatabase : IDatabase
{
    private const int MaxWorkPerCommit = 4096;
    private const int MaxPauses = 25;
    private static readonly TimeSpan PauseInterval = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxCommitAge = TimeSpan.FromMilliseconds(25);

    private readonly string connectionString;
    private readonly ConcurrentBag<DbSession> readers = [];

    // Whoever brings work wakes the writer itself: over the pool it would wait for all that waits there.
    private readonly Channel<Work> queue = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });
    private readonly SqliteConnection writer;
    private readonly DbSession session;
    private readonly SqliteRemnants remnants;
    private readonly TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource closing = new();
    private readonly Task checkpoints;
    private readonly bool checkpointed;
    private readonly SqliteLog log;
    private readonly bool isDurable;
    private bool? awaitsDisk;
    private volatile bool lastFramesDue;

    // Each connection is used by one thread at a time: without SQLite's own locks and its count of memory.
    static SqliteDatabase()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private SqliteDatabase(string file, string connectionString, SqliteConnection writer, bool isDurable, bool checkpointed)
    {
        this.connectionString = connectionString;
        this.writer = writer;
        this.isDurable = isDurable;
        log = new SqliteLog(file);
        this.checkpointed = checkpointed;
        session = new SqliteSession(writer);
        remnants = new SqliteRemnants(file, session);
        new Thread(Write) { IsBackground = true, Name = "SQLite writer" }.Start();
        checkpoints = checkpointed ? Task.Run(CheckpointLoopAsync) : Task.CompletedTask;
    }

    /// <summary>Opens the file, creates it when absent, and brings its schema up to date.</summary>
    /// <exception cref="StorageException">It can't be opened, or is of a newer hub.</exception>
    public static SqliteDatabase Open(string file) => Open(file, isDurable: true);

    /// <summary>Opens a file that can be worked out again, and creates it when absent. A power cut can take its last commits, but not its soundness.</summary>
    /// <exception cref="StorageException">It can't be opened, or is of a newer hub.</exception>
    public static SqliteDatabase OpenScratch(string file) => Open(file, isDurable: false);

    /// <summary>Opens the file for writing beside the hub that serves it, and leaves the checkpoints to that hub.</summary>
    /// <exception cref="StorageException">It can't be opened, or is of a newer hub.</exception>
    public static SqliteDatabase OpenBeside(string file) => Open(file, isDurable: true, checkpointed: false);

    /// <summary>Opens an existing file for reading, beside a hub that may be running.</summary>
    /// <exception cref="StorageException">It is not there, or of another version.</exception>
    public static DbSession OpenReader(string file)
    {
        if (!File.Exists(file)) throw new StorageException($"There is no database at {file}. Start the hub once, or set Hub:DataDirectory.", new FileNotFoundException(file));
        var session = OpenReaderOf(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString());
        SqliteSchema.RequireCurrent(session, file);
        return session;
    }

    // The data directory is held by one hub at a time.
    public bool IsShared => false;

    public bool TryHold(string what) => true;

    public void LetGo(string what)
    {
        // Nobody else could have it.
    }

    public Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => WriteAsync(new Work<T>(work, cancellationToken));

    public Task<T> WriteRedoableAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => WriteAsync(new Work<T>(work, cancellationToken) { IsRedoable = true });

    // There is one writer: everything is run one at a time.
    public Task<T> WriteRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => WriteAsync(work, cancellationToken);

    public Task<T> WriteRedoableRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => WriteRedoableAsync(work, cancellationToken);

    public Task FlushAsync(CancellationToken cancellationToken) => Task.Run(log.Flush, cancellationToken);

    public async Task<bool> ScrubAsync(CancellationToken cancellationToken)
    {
        // A page that was moved while the first round went on is found by the second.
        for (var round = 0; round < 2; round++)
        {
            foreach (var pages in remnants.Find().Chunk(SqliteRemnants.MaxPages))
            {
                if (!await InPauseAsync(() => remnants.TryWipe(pages), cancellationToken)) return false;
            }
        }
        return await InPauseAsync(remnants.TryFlush, cancellationToken);
    }

    public T Read<T>(Func<DbSession, T> query)
    {
        if (!readers.TryTake(out var reader)) reader = OpenReaderOf(connectionString);
        reader.BeginSnapshot();
        try
        {
            return query(reader);
        }
        finally
        {
            reader.EndSnapshot();
            readers.Add(reader);
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await written.Task;
        await closing.CancelAsync();
        await checkpoints;
        closing.Dispose();
        foreach (var reader in readers) reader.Dispose();
        try
        {
            if (checkpointed) Run(writer, "pragma busy_timeout=0; pragma wal_checkpoint(truncate);");
        }
        catch (SqliteException)
        {
            // The disk is full: what is committed stays in the log, and the next start reads it there.
        }
        session.Dispose();
        remnants.Dispose();
        log.Dispose();
    }

    private Task<T> WriteAsync<T>(Work<T> work) => queue.Writer.TryWrite(work) ? work.Task : Task.FromException<T>(new ObjectDisposedException(nameof(SqliteDatabase)));

    // What the log holds is taken over beside the writer first, so that little of it is left to do in the pause. Most readers are gone in a moment.
    private async Task<bool> InPauseAsync(Func<bool> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using (var connection = new SqliteConnection(connectionString))
            {
                connection.Open();
                Run(connection, "pragma wal_checkpoint(passive);");
            }
            var item = new Pause(work, cancellationToken);
            ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(item), this);
            if (await item.Task) return true;
            if (attempt == MaxPauses) return false;
            await Task.Delay(PauseInterval, cancellationToken);
        }
    }

    // The busy timeout is SQLite's own: it looks again after a millisecond, where the provider's would sleep for 150 between two looks.
    private static SqliteDatabase Open(string file, bool isDurable, bool checkpointed = true)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString();
        var writer = new SqliteConnection(connectionString);
        try
        {
            // The log and its index take the mode of the file.
            PrivateFile.Touch(file);
            writer.Open();
            Run(writer, "pragma busy_timeout=30000; pragma journal_mode=wal; pragma secure_delete=on; pragma foreign_keys=on; pragma temp_store=memory; pragma cache_size=-16384; pragma wal_autocheckpoint=65536;");
            SqliteSchema.Migrate(writer, file);
            return new SqliteDatabase(file, connectionString, writer, isDurable, checkpointed);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            writer.Dispose();
            throw new StorageException($"The database {file} can't be opened: {exception.Message}", exception);
        }
    }

    private static DbSession OpenReaderOf(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Run(connection, "pragma busy_timeout=30000; pragma query_only=on; pragma cache_size=-16384;");
        return new SqliteSession(connection);
    }

    // On a thread of its own: everybody waits for it, and it must not wait for one of the pool.
    private void Write()
    {
        List<Work> batch = [];
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (queue.Reader.TryRead(out var first))
            {
                if (first is Pause pause) RunBetween(pause);
                else CommitTogether(first, batch);
            }
        }
        written.SetResult();
    }

    // What is committed moves from the log to the file beside the writer, so that no webhook waits for it. The few commits that came meanwhile
    // are left to the writer: only then is all of the log taken over, and it begins anew instead of growing.
    private async Task CheckpointLoopAsync()
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var timer = new PeriodicTimer(CheckpointInterval);
        while (!closing.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(closing.Token);
                Run(connection, "pragma wal_checkpoint(passive);");
                lastFramesDue = true;
            }
            catch (Exception exception) when (exception is OperationCanceledException or SqliteException)
            {
                // Closing, or the disk is full: the log keeps what is committed, and the next checkpoint takes it over.
            }
        }
    }

    private void CommitTogether(Work first, List<Work> batch)
    {
        batch.Clear();
        try
        {
            Await(disk: isDurable && !first.IsRedoable);
            if (!TryFill(batch, first)) RunApart(batch);
            session.Execute("commit");
        }
        catch (SqliteException exception)
        {
            RollBack();
            var failure = new StorageException($"The database could not commit: {exception.Message}", exception);
            foreach (var work in batch) work.Fail(failure);
            if (batch.Count == 0) first.Fail(failure);
            return;
        }
        foreach (var work in batch) work.Complete();
        if (lastFramesDue) TakeOverLastFrames();
    }

    private void RunBetween(Pause pause)
    {
        try
        {
            if (!pause.IsWanted()) return;
            Await(disk: isDurable);
            pause.Run(session);
            pause.Complete();
        }
        catch (Exception exception)
        {
            RollBack();
            pause.Fail(exception is SqliteException or IOException ? new StorageException($"The database could not be cleaned: {exception.Message}", exception) : exception);
        }
    }

    private void TakeOverLastFrames()
    {
        lastFramesDue = false;
        try
        {
            Run(writer, "pragma wal_checkpoint(passive);");
        }
        catch (SqliteException)
        {
            // The disk is full: the log keeps what is committed.
        }
    }

    // Work that waits for the disk and work that need not are committed apart, for it can't be said of a transaction that has begun.
    private void Await(bool disk)
    {
        if (awaitsDisk == disk) return;
        // It takes effect when it is compiled: not by a statement that is kept.
        Run(writer, disk ? "pragma synchronous=full" : "pragma synchronous=normal");
        awaitsDisk = disk;
    }

    // Work seldom throws: without a savepoint around each it is a sixth faster.
    private bool TryFill(List<Work> batch, Work first)
    {
        var started = Stopwatch.GetTimestamp();
        session.Execute("begin immediate");
        var isSound = TryRun(first, batch);
        while (isSound && batch.Count < MaxWorkPerCommit && Stopwatch.GetElapsedTime(started) < MaxCommitAge && queue.Reader.TryPeek(out var waiting) && waiting is not Pause && (waiting.IsRedoable || !first.IsRedoable) && queue.Reader.TryRead(out var next))
            isSound = TryRun(next, batch);
        return isSound;
    }

    private bool TryRun(Work work, List<Work> batch)
    {
        if (!work.IsWanted()) return true;
        batch.Add(work);
        try
        {
            work.Run(session);
            return true;
        }
        catch (Exception exception) when (!IsOfDisk(exception))
        {
            return false;
        }
    }

    // Some of it throws: all is begun anew, and what throws is undone alone.
    private void RunApart(List<Work> batch)
    {
        RollBack();
        session.Execute("begin immediate");
        foreach (var work in batch.ToList())
        {
            session.Execute("savepoint work");
            try
            {
                work.Run(session);
            }
            catch (Exception exception) when (!IsOfDisk(exception))
            {
                session.Execute("rollback to work");
                work.Fail(exception);
                batch.Remove(work);
            }
            session.Execute("release work");
        }
    }

    // An error of the disk ends the whole transaction.
    private static bool IsOfDisk(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: SqliteErrors.Full or SqliteErrors.InputOutput or SqliteErrors.Corrupt or SqliteErrors.OutOfMemory };

    private void RollBack()
    {
        try
        {
            session.Execute("rollback");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself: there is no transaction left to end.
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class only.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Work that no transaction may be open for.</summary>
    private sealed class Pause(Func<bool> work, CancellationToken cancellationToken) : Work<bool>(_ => work(), cancellationToken);

    private static class SqliteErrors
    {
        public const int OutOfMemory = 7;
        public const int InputOutput = 10;
        public const int Corrupt = 11;
        public const int Full = 13;
    }
}
