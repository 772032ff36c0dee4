using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>Ids of facts: UUIDv5 (RFC 9562) of a connection and a semantic key, so that one fact has one id however often and on whatever way it is told.</summary>
public static class EventIds
{
    private static readonly Guid Hub = new("6f0a9f3e-2f0b-5d0e-9c59-1d5c7b9c2a11");

    /// <summary>The id of a fact.</summary>
    /// <param name="connection">Name of the connection. It holds no newline, which keeps it apart from the key.</param>
    /// <param name="key">Names the fact, not the delivery, for example <c>orders/450789469/placed</c>.</param>
    public static Guid Of(string connection, string key) => Version5(Hub, $"{connection}\n{key}");

    /// <summary>UUIDv5 of a name within a namespace.</summary>
    public static Guid Version5(Guid space, string name)
    {
        Span<byte> input = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(Math.Min(name.Length, 256))];
        if (name.Length > 256) input = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        space.TryWriteBytes(input, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(name, input[16..]);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // UUIDv5 is defined over SHA-1; nothing secret depends on it.
        SHA1.HashData(input[..length], hash);
#pragma warning restore CA5350
        BinaryPrimitives.WriteUInt16BigEndian(hash[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(hash[6..]) & 0x0FFF) | 0x5000));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
