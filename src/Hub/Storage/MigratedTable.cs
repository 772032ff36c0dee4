namespace IntegrationHub.Hub.Storage;

/// <summary>A table that is copied from SQLite to PostgreSQL. Rows are compared in the order of the key, which is the same on both.</summary>
internal sealed class MigratedTable
{
    private readonly int[] key;

    private MigratedTable(string name, List<(string Name, int Key)> columns, bool countsUp)
    {
        Name = name;
        ColumnList = string.Join(", ", columns.Select(column => column.Name));
        key = [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].Key > 0).OrderBy(i => columns[i].Key)];
        KeyList = string.Join(", ", key.Select(i => columns[i].Name));
        Identity = countsUp ? columns[key[0]].Name : null;
    }

    public string Name { get; }

    public string ColumnList { get; }

    public string KeyList { get; }

    /// <summary>The column whose values the database gives out; null when there is none.</summary>
    public string? Identity { get; }

    /// <summary>The last value that was given out.</summary>
    public long Last { get; private set; }

    /// <summary>The tables, each after those that it refers to.</summary>
    public static List<MigratedTable> Of(DbSession sqlite)
    {
        var counters = sqlite.Query("select name, seq from sqlite_sequence", row => (Name: row.GetString(0), Last: row.GetInt64(1))).ToDictionary(row => row.Name, row => row.Last, StringComparer.Ordinal);
        return Schema.Tables.Where(table => table is not "migration").Select(table =>
        {
            var columns = sqlite.Query("select name, pk from pragma_table_info($table)", row => (row.GetString(0), row.GetInt32(1)), ("$table", table));
            var countsUp = sqlite.First("select 1 from sqlite_schema where name = $table and sql like '%autoincrement%'", row => row.GetInt32(0), ("$table", table)) == 1;
            return new MigratedTable(table, columns, countsUp) { Last = counters.GetValueOrDefault(table) };
        }).ToList();
    }

    public long CountOf(DbSession sqlite) => sqlite.First($"select count(*) from {Name}", row => row.GetInt64(0));

    /// <summary>The rows in SQLite in the order of the key, a few thousand of them in memory at a time.</summary>
    public IEnumerable<object[]> RowsOf(DbSession sqlite)
    {
        const int page = 1000;
        object[]? last = null;
        while (true)
        {
            var after = last is null ? "" : $"where ({KeyList}) > ({string.Join(", ", key.Select((_, i) => $"$k{i}"))})";
            (string, object?)[] parameters = last is null ? [] : [.. KeyOf(last).Select((value, i) => ($"$k{i}", (object?)value))];
            var rows = sqlite.Query($"select {ColumnList} from {Name} {after} order by {KeyList} limit {page}", row =>
            {
                var values = new object[row.FieldCount];
                row.GetValues(values);
                return values;
            }, parameters);
            foreach (var row in rows) yield return Storable(row);
            if (rows.Count < page) yield break;
            last = rows[^1];
        }
    }

    public object[] KeyOf(object[] row) => [.. key.Select(i => row[i])];

    /// <summary>Rows of both sides with the same key, and what one side alone has.</summary>
    public static IEnumerable<(object[]? One, object[]? Other)> Join(MigratedTable table, IEnumerable<object[]> ones, IEnumerable<object[]> others)
    {
        using var left = ones.GetEnumerator();
        using var right = others.GetEnumerator();
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            var order = !hasLeft ? 1 : !hasRight ? -1 : table.Compare(left.Current, right.Current);
            yield return (order <= 0 ? left.Current : null, order >= 0 ? right.Current : null);
            if (order <= 0) hasLeft = left.MoveNext();
            if (order >= 0) hasRight = right.MoveNext();
        }
    }

    public static bool AreEqual(object[] one, object[] other) => one.Zip(other).All(pair => CompareValues(pair.First, pair.Second) == 0);

    private static object[] Storable(object[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is string text) row[i] = StoredText.Of(text);
        }
        return row;
    }

    private int Compare(object[] one, object[] other)
    {
        foreach (var i in key)
        {
            var order = CompareValues(one[i], other[i]);
            if (order != 0) return order;
        }
        return 0;
    }

    // Text is sorted by its bytes in UTF-8 on both engines.
    private static int CompareValues(object one, object other) => (one, other) switch
    {
        (long left, long right) => left.CompareTo(right),
        (string left, string right) => System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right)),
        (byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right),
        (DBNull, DBNull) => 0,
        _ => -1,
    };
}
