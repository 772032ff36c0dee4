using System.Buffers.Text;
using System.Text;

namespace IntegrationHub.Bench.Throughput;

/// <summary>What a server answered to a delivery.</summary>
internal enum Answer
{
    Accepted,

    /// <summary>503: it was not stored.</summary>
    Unavailable,
}

/// <summary>Reads answers.</summary>
internal static class Answers
{
    private static ReadOnlySpan<byte> IdMember => "\"id\":\""u8;

    /// <returns>Null while it is not complete.</returns>
    /// <exception cref="InvalidDataException">It is neither a success nor 503, or tells of a duplicate: then the measurement would be of something else.</exception>
    public static Answer? Read(ReadOnlySpan<byte> bytes)
    {
        if (HttpFrame.Measure(bytes, out var head) is not { } length || bytes.Length < length) return null;
        if (bytes.Length > length) throw new InvalidDataException("There is more than one answer to a request.");
        if (!bytes.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(bytes[9..], out int status, out _)) throw new InvalidDataException("An answer does not begin with its status.");
        return status switch
        {
            503 => Answer.Unavailable,
            >= 200 and < 300 when bytes[..head].IndexOf("Hub-Status: duplicate"u8) < 0 => Answer.Accepted,
            _ => throw new InvalidDataException($"A delivery was answered {Encoding.UTF8.GetString(bytes)}"),
        };
    }

    /// <summary>The id of the delivery that a hub's answer tells.</summary>
    /// <exception cref="InvalidDataException">It tells none.</exception>
    public static long IdIn(ReadOnlySpan<byte> bytes)
    {
        var member = bytes.IndexOf(IdMember);
        return member >= 0 && Utf8Parser.TryParse(bytes[(member + IdMember.Length)..], out long id, out _) ? id : throw new InvalidDataException("An answer has no id of the delivery.");
    }
}
