using System.Data.Common;
using System.Numerics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IntegrationHub.Hub.Storage;

/// <summary>A session of SQLite. Statements are prepared once per connection and text.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : DbSession
{
    private readonly Dictionary<string, DbCommand> prepared = new(StringComparer.Ordinal);

    // Nearly all texts are constants, and the same object each time: those are found without being read.
    private readonly Dictionary<string, DbCommand> constants = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Sql, int Length), string> lists = [];

    public override void Post(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Run(sql, parameters);

    public override long Insert(string key, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        Execute(sql, parameters);
        return LastKey;
    }

    public override long? TryInsert(string key, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Execute(sql, parameters) == 0 ? null : LastKey;

    public override void BeginSnapshot() => Execute("begin");

    public override void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        connection.Dispose();
    }

    protected override int Run(string sql, ReadOnlySpan<(string Name, object? Value)> parameters) => Prepare(sql, parameters).ExecuteNonQuery();

    protected override DbDataReader Open(string sql, ReadOnlySpan<(string Name, object? Value)> parameters) => Prepare(sql, parameters).ExecuteReader();

    // The writer tells errors of the disk from those of the work by itself.
    protected override string? Explain(DbException exception) => null;

    // A key that the database gives out is the row's own number here. To ask for it afterwards is faster than "returning", which keeps the rows in a table first.
    private long LastKey => raw.sqlite3_last_insert_rowid(connection.Handle);

    private DbCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Value is Array and not byte[]) return PrepareList(sql, i, parameters);
        }
        if (!constants.TryGetValue(sql, out var command)) command = Find(sql, parameters);
        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = Storable(parameters[i].Value);
        return command;
    }

    private DbCommand Find(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants of the store classes; values always travel as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, _) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }
            prepared.Add(sql, command);
        }
        if (ReferenceEquals(string.IsInterned(sql), sql)) constants.Add(sql, command);
        return command;
    }

    // A list is filled up to a power of two with its last value, so that there are few texts.
    private DbCommand PrepareList(string sql, int place, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var (name, list) = (parameters[place].Name, (Array)parameters[place].Value!);
        var length = list.Length == 0 ? 0 : (int)BitOperations.RoundUpToPowerOf2((uint)list.Length);
        if (!lists.TryGetValue((sql, length), out var text))
            lists.Add((sql, length), text = string.Intern(sql.Replace($"in {name}", $"in ({string.Join(", ", Enumerable.Range(0, length).Select(i => name + i))})", StringComparison.Ordinal)));
        return Prepare(text, [.. parameters[..place], .. parameters[(place + 1)..], .. Enumerable.Range(0, length).Select(i => (name + i, list.GetValue(Math.Min(i, list.Length - 1))))]);
    }
}
