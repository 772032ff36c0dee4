using System.Data.Common;
using System.Numerics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IntegrationHub.Hub.Storage;

/// <summary>A session of SQLite. Statements are prepared once per connection and text.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : DbSession
{
    // Nearly all texts are constants, and the same object each time: those are found without being read.
    private readonly Dictionary<string, SqliteStatement> prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteStatement> constants = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Sql, int Length), Unfolded> lists = [];

    public override void Post(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Run(sql, parameters);

    public override void PostEach<T>(string sql, IReadOnlyList<T> rows, Func<T, (string Name, object? Value)[]> parameters)
    {
        foreach (var row in rows) Run(sql, parameters(row));
    }

    public override void Insert(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Run(sql, parameters);

    public override long Insert(string key, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        Execute(sql, parameters);
        return LastKey;
    }

    public override long? TryInsert(string key, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Execute(sql, parameters) == 0 ? null : LastKey;

    public override List<TAnswer> QueryEach<T, TAnswer>(
        string sql, Func<DbDataReader, TAnswer> read, IReadOnlyList<T> rows, Func<T, (string Name, object? Value)[]> parameters, params ReadOnlySpan<(string Name, object? Value)> shared)
    {
        List<TAnswer> answers = [];
        foreach (var row in rows) ForEach(sql, answer => answers.Add(read(answer)), [.. parameters(row), .. shared]);
        return answers;
    }

    public override void BeginSnapshot() => Execute("begin");

    public override void Dispose()
    {
        foreach (var statement in prepared.Values) statement.Dispose();
        connection.Dispose();
    }

    protected override int Run(string sql, ReadOnlySpan<(string Name, object? Value)> parameters) => PlaceOfList(parameters) is { } place
        ? Run(Unfold(sql, parameters, place, out var unfolded), unfolded)
        : Prepare(sql, parameters).Run(parameters);

    protected override DbDataReader Open(string sql, ReadOnlySpan<(string Name, object? Value)> parameters) => PlaceOfList(parameters) is { } place
        ? Open(Unfold(sql, parameters, place, out var unfolded), unfolded)
        : Prepare(sql, parameters).Open(parameters);

    // The writer tells errors of the disk from those of the work by itself.
    protected override string? Explain(DbException exception) => null;

    // A key that the database gives out is the row's own number here. To ask for it afterwards is faster than "returning", which keeps the rows in a table first.
    private long LastKey => raw.sqlite3_last_insert_rowid(connection.Handle);

    private SqliteStatement Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (constants.TryGetValue(sql, out var statement)) return statement;
        if (!prepared.TryGetValue(sql, out statement))
            prepared.Add(sql, statement = new SqliteStatement(connection.Handle ?? throw new ObjectDisposedException(nameof(SqliteSession)), sql, parameters));
        if (ReferenceEquals(string.IsInterned(sql), sql)) constants.Add(sql, statement);
        return statement;
    }

    private static int? PlaceOfList(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Value is Array and not byte[]) return i;
        }
        return null;
    }

    // A list is filled up to a power of two with its last value, so that there are few texts.
    private string Unfold(string sql, ReadOnlySpan<(string Name, object? Value)> parameters, int place, out ReadOnlySpan<(string Name, object? Value)> unfolded)
    {
        var (name, list) = (parameters[place].Name, (Array)parameters[place].Value!);
        var length = list.Length == 0 ? 0 : (int)BitOperations.RoundUpToPowerOf2((uint)list.Length);
        if (!lists.TryGetValue((sql, length), out var text)) lists.Add((sql, length), text = Unfolded.Of(sql, name, length));
        var values = new (string Name, object? Value)[parameters.Length - 1 + length];
        parameters[..place].CopyTo(values);
        parameters[(place + 1)..].CopyTo(values.AsSpan(place));
        for (var i = 0; i < length; i++) values[parameters.Length - 1 + i] = (text.Names[i], list.GetValue(Math.Min(i, list.Length - 1)));
        unfolded = values;
        return text.Sql;
    }

    /// <summary>A text with a list of a certain length in it.</summary>
    /// <param name="Names">What the items of the list are called there.</param>
    private sealed record Unfolded(string Sql, string[] Names)
    {
        public static Unfolded Of(string sql, string name, int length)
        {
            string[] names = [.. Enumerable.Range(0, length).Select(i => name + i)];
            return new Unfolded(string.Intern(sql.Replace($"in {name}", $"in ({string.Join(", ", names)})", StringComparison.Ordinal)), names);
        }
    }
}
