using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IntegrationHub.Bench.Baselines;

/// <summary>A file of SQLite, set up as the hub sets up its own: WAL, <c>synchronous=FULL</c>, one writer, checkpoints beside it.</summary>
internal sealed class PlainDatabase : IAsyncDisposable
{
    private const string Pragmas =
        """
        pragma busy_timeout=30000; pragma journal_mode=wal; pragma secure_delete=on; pragma foreign_keys=on;
        pragma temp_store=memory; pragma cache_size=-65536; pragma wal_autocheckpoint=65536; pragma synchronous=full;
        """;

    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(1);

    private readonly string connectionString;
    private readonly SqliteConnection writer;
    private readonly List<SqliteCommand> prepared = [];
    private readonly CancellationTokenSource closing = new();
    private readonly Task checkpoints;

    static PlainDatabase()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <param name="schema">What makes the tables of a new file.</param>
    public PlainDatabase(string file, string schema)
    {
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        writer = new SqliteConnection(connectionString);
        writer.Open();
        Prepare(Pragmas).ExecuteNonQuery();
        Prepare(schema).ExecuteNonQuery();
        checkpoints = Task.Run(CheckpointAsync);
    }

    /// <summary>A statement that is compiled once.</summary>
    public SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = writer.CreateCommand();
#pragma warning disable CA2100 // Constants of the baselines.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }
        prepared.Add(command);
        return command;
    }

    public void InTransaction(Action work)
    {
        using var transaction = writer.BeginTransaction(deferred: false);
        foreach (var command in prepared) command.Transaction = transaction;
        work();
        transaction.Commit();
    }

    /// <summary>One writer that writes items one by one, and commits together those that wait.</summary>
    public GroupCommit<T> CommitGroups<T>(Action<T> write) => new(items =>
    {
        InTransaction(() =>
        {
            foreach (var item in items) write(item);
        });
        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await checkpoints;
        closing.Dispose();
        foreach (var command in prepared) await command.DisposeAsync();
        await writer.DisposeAsync();
    }

    private async Task CheckpointAsync()
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        using var timer = new PeriodicTimer(CheckpointInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(closing.Token))
            {
                await using var checkpoint = connection.CreateCommand();
                checkpoint.CommandText = "pragma wal_checkpoint(passive)";
                await checkpoint.ExecuteNonQueryAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }
}
