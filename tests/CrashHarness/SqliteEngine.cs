using Microsoft.Data.Sqlite;

namespace IntegrationHub.CrashHarness;

/// <summary>The embedded database and the bus in memory: one process.</summary>
/// <param name="dataDirectory">Where the hub keeps everything.</param>
internal sealed class SqliteEngine(string dataDirectory, string connectorsFile) : Engine
{
    public override int Processes => 1;

    public override IReadOnlyList<string> SettingsOf(int number) => [$"--Hub:DataDirectory={dataDirectory}", $"--Hub:ConnectorsFile={connectorsFile}"];

    public override async Task<long> CountAsync(string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataDirectory, "hub.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the harness only.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync() ?? 0L);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
