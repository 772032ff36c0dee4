using System.Collections.Concurrent;

namespace IntegrationHub.Hub.Storage;

/// <summary>Keys that the server gave this process in advance, so that a new row need not be asked for its key. Those that are not used are lost; keys have gaps.</summary>
internal sealed class PostgresKeys
{
    // So many rows of one table are inserted for one more round trip.
    private const int Block = 128;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<long>> given = new(StringComparer.Ordinal);

    /// <summary>A key that no other row has or gets.</summary>
    /// <param name="column">The column of the key; the tables name theirs differently.</param>
    public long Next(DbSession session, string table, string column)
    {
        var keys = given.GetOrAdd(column, _ => new ConcurrentQueue<long>());
        long key;
        while (!keys.TryDequeue(out key))
        {
            foreach (var fresh in session.Query(
                "select nextval(pg_get_serial_sequence($table, $column)) from generate_series(1, $block)", row => row.GetInt64(0), ("$table", table), ("$column", column), ("$block", Block)))
                keys.Enqueue(fresh);
        }
        return key;
    }
}
