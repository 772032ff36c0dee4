using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Data;
using System.Data.Common;
using Npgsql;

namespace IntegrationHub.Hub.Storage;

/// <summary>A session of PostgreSQL. What is posted travels with the next statement that answers, in one round trip; rows of a table travel as one statement.</summary>
/// <param name="owner">What ends with the session; null for nothing.</param>
internal sealed class PostgresSession(NpgsqlConnection connection, PostgresErrors errors, PostgresKeys keys, IDisposable? owner = null) : DbSession
{
    // Beyond it what is posted is sent on its own, so that little of it is held in memory.
    private const int MaxPosted = 256;
    private const int MaxInserted = 2048;

    // A statement with its values has to stay below a gigabyte.
    private const long MaxInsertedBytes = 64 << 20;

    private static readonly ConcurrentDictionary<string, string> Returning = new(ReferenceEqualityComparer.Instance);

    private static readonly FrozenDictionary<string, int> Tables = Schema.Tables.Index().ToFrozenDictionary(table => table.Item, table => table.Index, StringComparer.Ordinal);

    private readonly List<NpgsqlBatchCommand> posted = [];

    // What is inserted after all that is posted; by the text of the statement.
    private readonly Dictionary<string, PostgresRows> inserted = new(StringComparer.Ordinal);
    private int insertedRows;
    private long insertedBytes;

    // The first error since the transaction began: whoever ran into it may have gone on, but it can't be committed any more.
    private DbException? failure;

    /// <summary>Whether the connection is gone.</summary>
    public bool IsLost => connection.State != ConnectionState.Open;

    /// <summary>Whether <see cref="Commit"/> was asked for: what it came to is not known when the connection is lost.</summary>
    public bool IsCommitting { get; private set; }

    /// <summary>How often the server was asked.</summary>
    public long RoundTrips { get; private set; }

    public override void Post(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        PostInserted();
        posted.Add(PostgresDialect.Command(sql, parameters));
        if (posted.Count >= MaxPosted) Execute("select 1");
    }

    public override void PostEach<T>(string sql, IReadOnlyList<T> rows, Func<T, (string Name, object? Value)[]> parameters)
    {
        if (rows.Count == 0) return;
        PostInserted();
        foreach (var some in rows.Chunk(MaxInserted))
        {
            var together = new PostgresRows(sql);
            foreach (var row in some) together.Add(parameters(row));
            posted.Add(together.Command());
        }
    }

    public override void Insert(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!inserted.TryGetValue(sql, out var rows)) inserted.Add(sql, rows = new PostgresRows(sql));
        rows.Add(parameters);
        foreach (var (_, value) in parameters) insertedBytes += (value as byte[])?.Length ?? 0;
        if (++insertedRows >= MaxInserted || insertedBytes >= MaxInsertedBytes) Execute("select 1");
    }

    public override long Insert(string key, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var given = keys.Next(this, TableOf(sql), key);
        Insert(PostgresDialect.WithKey(key, sql), [("$key", given), .. parameters]);
        return given;
    }

    public override long? TryInsert(string key, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        First(Returning.GetOrAdd(sql, static (sql, key) => $"{sql} returning {key}", key), row => (long?)row.GetInt64(0), parameters);

    public override List<TAnswer> QueryEach<T, TAnswer>(
        string sql, Func<DbDataReader, TAnswer> read, IReadOnlyList<T> rows, Func<T, (string Name, object? Value)[]> parameters, params ReadOnlySpan<(string Name, object? Value)> shared)
    {
        List<TAnswer> answers = [];
        if (rows.Count == 0) return answers;
        var together = new PostgresRows(sql);
        foreach (var row in rows) together.Add(parameters(row));
        try
        {
            using var reader = Open(together.Command(shared));
            while (reader.Read()) answers.Add(read(reader));
        }
        catch (DbException exception) when (Explain(exception) is { } problem)
        {
            throw new StorageException(problem, exception);
        }
        return answers;
    }

    public override void BeginSnapshot() => Post("begin isolation level repeatable read read only");

    /// <summary>Begins a transaction.</summary>
    /// <param name="isSerializable">Whether it is as if it were alone; when that can't be kept up, it fails with <see cref="PostgresErrors.IsConflict"/>.</param>
    public void Begin(bool isSerializable = true)
    {
        failure = null;
        IsCommitting = false;
        Forget();
        Post(isSerializable ? "begin isolation level serializable" : "begin isolation level read committed");
    }

    /// <param name="lockKey">A lock to give back as soon as it is committed.</param>
    public void Commit(long? lockKey)
    {
        if (failure is not null) throw new InvalidOperationException($"A statement has failed before ({failure.SqlState}).", failure);
        IsCommitting = true;
        if (lockKey is { } key)
        {
            Post("commit");
            Execute("select pg_advisory_unlock($key)", ("$key", key));
        }
        else
        {
            Execute("commit");
        }
        IsCommitting = false;
    }

    /// <summary>Gives up what was begun; does nothing when the connection is gone.</summary>
    public void RollBack()
    {
        Forget();
        TryRun("rollback");
    }

    /// <returns>Whether the lock was given back.</returns>
    public bool TryUnlock(long key) => TryRun("select pg_advisory_unlock($key)", ("$key", key));

    /// <summary>Lets go of all locks, and gives the connection back.</summary>
    public void Discard()
    {
        Forget();
        TryRun("select pg_advisory_unlock_all()");
        Dispose();
    }

    public override void Dispose()
    {
        connection.Dispose();
        owner?.Dispose();
    }

    protected override int Run(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var batch = Batch(PostgresDialect.Command(sql, parameters));
        try
        {
            batch.ExecuteNonQuery();
            return (int)batch.BatchCommands[^1].RecordsAffected;
        }
        catch (DbException exception)
        {
            failure ??= exception;
            throw;
        }
    }

    protected override DbDataReader Open(string sql, ReadOnlySpan<(string Name, object? Value)> parameters) => Open(PostgresDialect.Command(sql, parameters));

    private NpgsqlDataReader Open(NpgsqlBatchCommand command)
    {
        var batch = Batch(command);
        try
        {
            return batch.ExecuteReader();
        }
        catch (DbException exception)
        {
            failure ??= exception;
            throw;
        }
    }

    protected override string? Explain(DbException exception) => errors.Explain(exception);

    private bool TryRun(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (IsLost) return false;
        try
        {
            Run(sql, parameters);
            return true;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // The connection is gone, and the server has let go of everything by itself.
            return false;
        }
    }

    private NpgsqlBatch Batch(NpgsqlBatchCommand command)
    {
        RoundTrips++;
        PostInserted();
        var batch = new NpgsqlBatch(connection);
        foreach (var earlier in posted) batch.BatchCommands.Add(earlier);
        posted.Clear();
        batch.BatchCommands.Add(command);
        return batch;
    }

    // Nothing that waits here refers to what is posted after it, so that only the tables' own order matters.
    private void PostInserted()
    {
        if (inserted.Count == 0) return;
        posted.AddRange(inserted.Values.OrderBy(rows => Tables[TableOf(rows.Sql)]).Select(rows => rows.Command()));
        inserted.Clear();
        (insertedRows, insertedBytes) = (0, 0);
    }

    private void Forget()
    {
        posted.Clear();
        inserted.Clear();
        (insertedRows, insertedBytes) = (0, 0);
    }

    private static string TableOf(string sql) => sql["insert into ".Length..sql.IndexOf(' ', "insert into ".Length)];
}
