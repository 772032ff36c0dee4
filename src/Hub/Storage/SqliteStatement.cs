using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IntegrationHub.Hub.Storage;

/// <summary>A prepared statement. Its parameters are found by their names once; the provider's commands look each of them up at each run, the hundreds of a list among them.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int MostOnStack = 512;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly int[] places;

    /// <param name="parameters">All that it names, by their places from now on.</param>
    /// <exception cref="SqliteException">It is no statement of this database.</exception>
    /// <exception cref="ArgumentException">It names a parameter that is not among them, or is more than one statement.</exception>
    public SqliteStatement(sqlite3 database, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement, out var rest));
        if (!string.IsNullOrWhiteSpace(rest)) throw new ArgumentException($"One statement at a time: {sql}", nameof(sql));
        places = new int[parameters.Length];
        for (var i = 0; i < places.Length; i++) places[i] = raw.sqlite3_bind_parameter_index(statement, parameters[i].Name);
        if (Array.FindAll(places, IsNamed).Length != raw.sqlite3_bind_parameter_count(statement)) throw new ArgumentException($"A parameter is missing of: {sql}", nameof(parameters));
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">It could not be run.</exception>
    public int Run(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        Bind(parameters);
        try
        {
            while (Step())
            {
                // What it answers is not asked for.
            }
            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs it row by row. It can't be run again until the rows are disposed.</summary>
    public SqliteRows Open(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        Bind(parameters);
        return new SqliteRows(this, statement);
    }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="SqliteException">It could not be run.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Ends a run. What failed about it has been thrown by then.</summary>
    public void Reset() => _ = raw.sqlite3_reset(statement);

    public void Dispose() => statement.Dispose();

    private void Bind(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (IsNamed(places[i])) Check(Bind(places[i], parameters[i].Value));
        }
    }

    // The first place is 1.
    private static bool IsNamed(int place) => place > 0;

    private int Bind(int place, object? value) => value switch
    {
        null or DBNull => raw.sqlite3_bind_null(statement, place),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        int number => raw.sqlite3_bind_int64(statement, place, number),
        string text => Bind(place, StoredText.Of(text)),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        bool flag => raw.sqlite3_bind_int64(statement, place, flag ? 1 : 0),
        _ => throw new ArgumentException($"A {value.GetType().Name} is no value of a database.", nameof(value)),
    };

    private int Bind(int place, string text)
    {
        // A span without anything in it would be a null.
        if (text.Length == 0) return raw.sqlite3_bind_text(statement, place, text);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > MostOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var utf8 = rented ?? stackalloc byte[MostOnStack];
        var code = raw.sqlite3_bind_text(statement, place, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return code;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, database);
}
