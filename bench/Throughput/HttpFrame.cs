using System.Buffers.Text;

namespace IntegrationHub.Bench.Throughput;

/// <summary>Where a message of HTTP/1.1 ends. Only lengths are understood: chunks are not.</summary>
internal static class HttpFrame
{
    /// <summary>Measures a message that begins the bytes.</summary>
    /// <param name="head">Length of the head, with the blank line.</param>
    /// <returns>The length in all; null while the head is not complete.</returns>
    public static int? Measure(ReadOnlySpan<byte> bytes, out int head)
    {
        var blank = bytes.IndexOf("\r\n\r\n"u8);
        head = blank + 4;
        if (blank < 0) return null;
        var length = bytes[..blank].IndexOf("\r\nContent-Length: "u8);
        if (length < 0) return head;
        if (!Utf8Parser.TryParse(bytes[(length + 18)..blank], out int content, out _) || content < 0) throw new InvalidDataException("The Content-Length of a message can't be read.");
        return head + content;
    }
}
