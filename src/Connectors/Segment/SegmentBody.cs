using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace IntegrationHub.Connectors.Segment;

/// <summary>A body as it comes: one call, <c>{"batch":[…]}</c>, or a list of calls; plain or packed with gzip. Told by its bytes: browsers send JSON as <c>text/plain</c>.</summary>
internal static class SegmentBody
{
    /// <summary>Longest body after unpacking: the hub's own limit unless it was changed.</summary>
    public const int MaxUnpackedBytes = 10 * 1024 * 1024;

    // Calls that resemble each other pack to a thirtieth. What packs better than this is made to burst.
    private const int MaxRatio = 100;
    private const int MinUnpackedBytes = 1024 * 1024;

    /// <summary>The text of a body; null when it is packed and can't be unpacked, or unpacks to more than <see cref="MaxUnpackedBytes"/> or a hundred times its length.</summary>
    public static ReadOnlyMemory<byte>? Unpack(ReadOnlyMemory<byte> body)
    {
        if (!IsPacked(body)) return body;
        var limit = Math.Min(MaxUnpackedBytes, Math.Max(MinUnpackedBytes, (long)body.Length * MaxRatio));
        using var packed = new GZipStream(new MemoryStream(body.ToArray(), writable: false), CompressionMode.Decompress);
        using var text = new MemoryStream();
        var buffer = new byte[81_920];
        try
        {
            for (int read; (read = packed.Read(buffer)) > 0;)
            {
                if (text.Length + read > limit) return null;
                text.Write(buffer.AsSpan(..read));
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }
        return text.ToArray();
    }

    /// <summary>The body of a delivery as JSON.</summary>
    /// <exception cref="PayloadException">It can't be unpacked, or is not JSON.</exception>
    public static Payload Read(WebhookDelivery delivery)
    {
        if (!IsPacked(delivery.Body)) return delivery.Json;
        return Unpack(delivery.Body) is { } text ? Payload.Parse(text) : throw new PayloadException("$", $"is gzip that is broken or longer than {MaxUnpackedBytes} bytes");
    }

    /// <summary>The calls of a body, one where it is no batch.</summary>
    public static IEnumerable<Payload> Calls(Payload whole)
    {
        if (whole.IsList) return whole.Items();
        return whole["batch"] is { IsList: true } batch ? batch.Items() : [whole];
    }

    /// <summary>A text in which every JSON text that equals one of the values is made asterisks.</summary>
    public static ReadOnlyMemory<byte> Blank(ReadOnlyMemory<byte> text, IReadOnlyList<string> values)
    {
        var copy = text.ToArray();
        foreach (var value in values) Fill(copy, Encoding.UTF8.GetBytes(value));
        // Any letter may also be written as an escape.
        if (copy.AsSpan().Contains((byte)'\\')) FillEscaped(copy, values);
        return copy;
    }

    private static void Fill(byte[] text, ReadOnlySpan<byte> value)
    {
        byte[] quoted = [(byte)'"', .. value, (byte)'"'];
        for (int at = 0, next; (next = text.AsSpan(at).IndexOf(quoted)) >= 0; at += next + quoted.Length) text.AsSpan(at + next + 1, value.Length).Fill((byte)'*');
    }

    private static void FillEscaped(byte[] text, IReadOnlyList<string> values)
    {
        var start = text.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(text.AsSpan(start), new JsonReaderOptions { MaxDepth = Payload.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not JsonTokenType.String || !reader.ValueIsEscaped) continue;
                foreach (var value in values)
                {
                    if (reader.ValueTextEquals(value)) text.AsSpan(start + (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length).Fill((byte)'*');
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Broken JSON tells nobody a key by its escapes: no reader would get this far.
        }
    }

    private static bool IsPacked(ReadOnlyMemory<byte> body) => body.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
}
