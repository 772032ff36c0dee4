using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>The record worked out a second time, in a file beside the live one. It can be thrown away at any moment; what is in it need not be done again.</summary>
internal sealed class Shadow : IAsyncDisposable
{
    // What is taken over from the live database as it is, because it is given and not worked out. A new table of that kind is one more line.
    private static readonly string[] CopiedTables =
    [
        "decision",
        "erasure",
        "tombstone",
    ];

    private readonly FileStream held;
    private readonly ErasureKey key;
    private SqliteDatabase database;
    private bool isOpen = true;

    private Shadow(string file, FileStream held, ErasureKey key, SqliteDatabase database)
    {
        File = file;
        this.held = held;
        this.key = key;
        this.database = database;
    }

    public string File { get; }

    /// <summary>Opens the shadow of a data directory: the one that a stopped run left, or an empty one.</summary>
    /// <exception cref="StorageException">Another run uses it, or it can't be written.</exception>
    public static async Task<Shadow> OpenAsync(string dataDirectory, ErasureKey key)
    {
        var file = Path.Combine(dataDirectory, "shadow.db");
        var held = Hold(Path.Combine(dataDirectory, "shadow.lock"));
        try
        {
            var shadow = new Shadow(file, held, key, OpenOrReplace(file));
            await shadow.WriteAsync(session => session.Execute("create table if not exists shadow_fingerprint (fingerprint text not null) strict"), CancellationToken.None);
            return shadow;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it was made under; null when it is empty.</summary>
    public string? Fingerprint => Read(session => session.First("select fingerprint from shadow_fingerprint", row => row.GetString(0)));

    public T Read<T>(Func<DbSession, T> query) => database.Read(query);

    /// <summary>A session of its own, for reading at length; null when an erasure has removed the file, which may hold what was erased.</summary>
    public DbSession? OpenReader() => System.IO.File.Exists(File) ? SqliteDatabase.OpenReader(File) : null;

    /// <exception cref="StorageException">The disk is full or fails; the message says what to do.</exception>
    public async Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(work, cancellationToken);
        }
        catch (StorageException exception)
        {
            throw new StorageException($"The shadow {File} can't be written. {exception.Message} It needs about as much room as the events of hub.db. Make room and run the same command again: it goes on where it stopped.", exception);
        }
    }

    /// <summary>Throws away what is there, and takes over what the record follows from besides events.</summary>
    public async Task BeginAnewAsync(string fingerprint, HubConfiguration configuration, DbSession live, TimeProvider time, CancellationToken cancellationToken)
    {
        await DiscardAsync();
        database = SqliteDatabase.OpenScratch(File);
        isOpen = true;
        await WriteAsync(session =>
        {
            session.Execute("create table shadow_fingerprint (fingerprint text not null) strict");
            foreach (var table in CopiedTables) Copy(live, session, table);
            session.Execute("update erasure set terms = null");
            // A blocked value is a property of its node. The other decisions are obeyed when the events come.
            foreach (var made in session.DecisionsThatHold().Where(made => made.Decision is BlockValue)) DecisionEffect.Apply(session, configuration, () => { }, made, time);
            return session.Execute("insert into shadow_fingerprint (fingerprint) values ($fingerprint)", ("$fingerprint", fingerprint));
        }, cancellationToken);
    }

    /// <summary>Merges events as the hub does; nothing of it is published.</summary>
    /// <param name="prepare">What has to be written before.</param>
    public Task<int> MergeAsync(HubConfiguration configuration, Action<DbSession> prepare, IReadOnlyList<MergeItem> items, TimeProvider time, CancellationToken cancellationToken) => WriteAsync(session =>
    {
        prepare(session);
        Merger.Of(session, configuration, key, time).Merge(items);
        session.Execute("delete from outbox");
        return items.Count;
    }, cancellationToken);

    /// <summary>Removes the shadow for good.</summary>
    public async Task DiscardAsync()
    {
        isOpen = false;
        await database.DisposeAsync();
        Delete(File);
    }

    public async ValueTask DisposeAsync()
    {
        if (isOpen) await database.DisposeAsync();
        await held.DisposeAsync();
    }

    private static FileStream Hold(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StorageException($"The data directory {Path.GetDirectoryName(file)} can't be written, and the shadow is kept there. Run the command as the user whose hub it is.", exception);
        }
        catch (IOException exception)
        {
            throw new StorageException($"Another rebuild or verify works in {Path.GetDirectoryName(file)}. Wait until it has ended, or stop it.", exception);
        }
    }

    // What an older hub or a broken disk left is of no use, and no loss.
    private static SqliteDatabase OpenOrReplace(string file)
    {
        try
        {
            return SqliteDatabase.OpenScratch(file);
        }
        catch (StorageException)
        {
            Delete(file);
            return SqliteDatabase.OpenScratch(file);
        }
    }

    private static void Delete(string file)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" }) System.IO.File.Delete(file + suffix);
    }

    private static void Copy(DbSession from, DbSession to, string table)
    {
        var columns = to.Query("select name from pragma_table_info($table)", row => row.GetString(0), ("$table", table));
        var insert = $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(column => "$" + column))})";
        from.ForEach($"select {string.Join(", ", columns)} from {table}", row =>
            to.Execute(insert, [.. columns.Select((column, index) => ("$" + column, (object?)row.GetValue(index)))]));
    }
}
