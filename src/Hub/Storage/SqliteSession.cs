using System.Data.Common;

namespace IntegrationHub.Hub.Storage;

/// <summary>A session of SQLite. Statements are prepared once per connection and text.</summary>
internal sealed class SqliteSession(DbConnection connection) : DbSession
{
    private readonly Dictionary<string, DbCommand> prepared = new(StringComparer.Ordinal);

    public override void Post(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Run(sql, parameters);

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

    private DbCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
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
        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = Storable(parameters[i].Value);
        return command;
    }
}
