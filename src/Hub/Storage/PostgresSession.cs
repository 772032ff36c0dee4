using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Npgsql;

namespace IntegrationHub.Hub.Storage;

/// <summary>A session of PostgreSQL. What is posted travels with the next statement that answers, in one round trip.</summary>
/// <param name="owner">What ends with the session; null for nothing.</param>
internal sealed class PostgresSession(NpgsqlConnection connection, PostgresErrors errors, PostgresKeys keys, IDisposable? owner = null) : DbSession
{
    // Beyond it what is posted is sent on its own, so that little of it is held in memory.
    private const int MaxPosted = 256;

    private static readonly ConcurrentDictionary<string, string> Returning = new(ReferenceEqualityComparer.Instance);

    private readonly List<NpgsqlBatchCommand> posted = [];

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
        posted.Add(PostgresDialect.Command(sql, parameters));
        if (posted.Count >= MaxPosted) Execute("select 1");
    }

    public override long Insert(string key, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var table = sql["insert into ".Length..sql.IndexOf(' ', "insert into ".Length)];
        var given = keys.Next(this, table, key);
        Post(PostgresDialect.WithKey(key, sql), [("$key", given), .. parameters]);
        return given;
    }

    public override long? TryInsert(string key, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        First(Returning.GetOrAdd(sql, static (sql, key) => $"{sql} returning {key}", key), row => (long?)row.GetInt64(0), parameters);

    public override void BeginSnapshot() => Post("begin isolation level repeatable read read only");

    /// <summary>Begins a transaction as if it were alone; when that can't be kept up, it fails with <see cref="PostgresErrors.IsConflict"/>.</summary>
    public void Begin()
    {
        failure = null;
        IsCommitting = false;
        posted.Clear();
        Post("begin isolation level serializable");
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
        posted.Clear();
        TryRun("rollback");
    }

    /// <returns>Whether the lock was given back.</returns>
    public bool TryUnlock(long key) => TryRun("select pg_advisory_unlock($key)", ("$key", key));

    /// <summary>Lets go of all locks, and gives the connection back.</summary>
    public void Discard()
    {
        posted.Clear();
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
        using var batch = Batch(sql, parameters);
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

    protected override DbDataReader Open(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var batch = Batch(sql, parameters);
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

    private NpgsqlBatch Batch(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        RoundTrips++;
        var batch = new NpgsqlBatch(connection);
        foreach (var earlier in posted) batch.BatchCommands.Add(earlier);
        posted.Clear();
        batch.BatchCommands.Add(PostgresDialect.Command(sql, parameters));
        return batch;
    }
}
