using System.Data.Common;
using System.Runtime.InteropServices;

namespace IntegrationHub.Hub.Storage;

/// <summary>How ids and times stand in the database, the same on every engine: ids as 16 bytes in network order, times as Unix microseconds.</summary>
internal static class DbValues
{
    public static byte[] ToDb(this Guid id) => id.ToByteArray(bigEndian: true);

    public static long ToDb(this DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The bytes as an array: the one that they are all of, or a copy.</summary>
    public static byte[] ToDb(this ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } whole && segment.Count == whole.Length ? whole : bytes.ToArray();

    extension(DbDataReader row)
    {
        public Guid Id(int column) => new((byte[])row.GetValue(column), bigEndian: true);

        public byte[] Bytes(int column) => (byte[])row.GetValue(column);

        public DateTimeOffset Time(int column) => DateTimeOffset.UnixEpoch.AddTicks(row.GetInt64(column) * TimeSpan.TicksPerMicrosecond);

        public string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
