using Npgsql;

namespace IntegrationHub.Hub.Storage;

/// <summary>Rows that one statement writes, whose text is that of a single row.</summary>
internal sealed class PostgresRows(string sql)
{
    private readonly List<object?[]> rows = [];
    private string[] names = [];

    public string Sql => sql;

    /// <param name="parameters">The values of a row, in the same order for all.</param>
    public void Add(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var row = new object?[parameters.Length];
        if (rows.Count == 0) names = new string[parameters.Length];
        for (var i = 0; i < row.Length; i++) (names[i], row[i]) = parameters[i];
        rows.Add(row);
    }

    /// <param name="shared">Values that are the same for all rows.</param>
    public NpgsqlBatchCommand Command(params ReadOnlySpan<(string Name, object? Value)> shared) => rows is [var only]
        ? PostgresDialect.Command(sql, [.. names.Zip(only), .. shared])
        : PostgresDialect.CommandForEach(sql, [.. names.Select((name, column) => (name, Column(column)))], shared);

    // An array as PostgreSQL has it; null when no row has a value there.
    private object? Column(int column)
    {
        foreach (var row in rows)
        {
            switch (row[column])
            {
                case long or int: return rows.ConvertAll(row => row[column] is { } value ? (long?)Convert.ToInt64(value) : null).ToArray();
                case string: return rows.ConvertAll(row => (string?)row[column]).ToArray();
                case byte[]: return rows.ConvertAll(row => (byte[]?)row[column]).ToArray();
                case { } other: throw new ArgumentException($"A {other.GetType().Name} can't be stored.", nameof(column));
            }
        }
        return null;
    }
}
