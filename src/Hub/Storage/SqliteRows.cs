using System.Collections;
using System.Data.Common;
using SQLitePCL;

namespace IntegrationHub.Hub.Storage;

/// <summary>The rows of a statement that runs, as the stores read them: whole numbers, texts and blobs by their place.</summary>
internal sealed class SqliteRows(SqliteStatement owner, sqlite3_stmt statement) : DbDataReader
{
    private bool ended;

    public override int FieldCount => raw.sqlite3_column_count(statement);

    public override bool IsClosed => ended;

    public override int Depth => 0;

    public override int RecordsAffected => -1;

    public override bool HasRows => throw NotRead();

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => !ended && !(ended = !owner.Step());

    public override bool NextResult() => false;

    public override bool IsDBNull(int ordinal) => raw.sqlite3_column_type(statement, ordinal) == raw.SQLITE_NULL;

    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    public override long GetInt64(int ordinal) => IsDBNull(ordinal) ? throw Null(ordinal) : raw.sqlite3_column_int64(statement, ordinal);

    public override double GetDouble(int ordinal) => IsDBNull(ordinal) ? throw Null(ordinal) : raw.sqlite3_column_double(statement, ordinal);

    public override string GetString(int ordinal) => IsDBNull(ordinal) ? throw Null(ordinal) : raw.sqlite3_column_text(statement, ordinal).utf8_to_string();

    public override object GetValue(int ordinal) => raw.sqlite3_column_type(statement, ordinal) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, ordinal),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, ordinal),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(statement, ordinal).utf8_to_string(),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, ordinal).ToArray(),
        _ => DBNull.Value,
    };

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    public override string GetName(int ordinal) => raw.sqlite3_column_name(statement, ordinal).utf8_to_string();

    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < FieldCount; i++)
        {
            if (GetName(i) == name) return i;
        }
        throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such column.");
    }

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override string GetDataTypeName(int ordinal) => throw NotRead();

    public override Type GetFieldType(int ordinal) => throw NotRead();

    public override byte GetByte(int ordinal) => throw NotRead();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw NotRead();

    public override char GetChar(int ordinal) => throw NotRead();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw NotRead();

    public override DateTime GetDateTime(int ordinal) => throw NotRead();

    public override decimal GetDecimal(int ordinal) => throw NotRead();

    public override float GetFloat(int ordinal) => throw NotRead();

    public override Guid GetGuid(int ordinal) => throw NotRead();

    public override short GetInt16(int ordinal) => throw NotRead();

    public override void Close() => End();

    protected override void Dispose(bool disposing)
    {
        if (disposing) End();
        base.Dispose(disposing);
    }

    private void End()
    {
        ended = true;
        owner.Reset();
    }

    private static InvalidCastException Null(int ordinal) => new($"Column {ordinal} is null.");

    private static NotSupportedException NotRead() => new("The stores keep whole numbers, texts and blobs.");
}
