using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>An answer as it came over the wire.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Headers">Headers; names compare without case.</param>
/// <param name="Text">The body.</param>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public static RawAnswer None { get; } = new(0, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), "");

    /// <summary>Whether the hub answered, and not the server before it read a whole request.</summary>
    public bool IsOfHub => Headers.ContainsKey("X-Content-Type-Options");

    public string MediaType => Headers.GetValueOrDefault("Content-Type", "").Split(';')[0];

    /// <summary>The body as JSON; null when it is not.</summary>
    public JsonElement? Json()
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(Text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Sends requests byte by byte, with all that a well-behaved client would not let through.</summary>
internal sealed class RawExchange(Uri server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] Framing = ["Content-Length", "Transfer-Encoding", "Expect", "Upgrade"];

    /// <param name="line">Method and path.</param>
    /// <param name="headers">Headers; what a request needs besides is added.</param>
    /// <param name="body">The body.</param>
    public async Task<RawAnswer> SendAsync(string line, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body)
    {
        using var late = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(server.Host, server.Port, late.Token);
            var framed = headers.Any(header => Framing.Contains(header.Key, StringComparer.OrdinalIgnoreCase));
            var head = new StringBuilder($"{line} HTTP/1.1\r\nHost: {server.Authority}\r\n");
            foreach (var (name, value) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            if (!framed && (body.Length > 0 || line.StartsWith('P'))) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
            head.Append("Connection: close\r\n\r\n");
            var stream = client.GetStream();
            await stream.WriteAsync((byte[])[.. Encoding.UTF8.GetBytes(head.ToString()), .. body], late.Token);
            // Of a request whose end is told wrongly the server would wait for more.
            if (framed) client.Client.Shutdown(SocketShutdown.Send);
            using var answer = new MemoryStream();
            await stream.CopyToAsync(answer, late.Token);
            return Read(answer.ToArray());
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return RawAnswer.None;
        }
    }

    private static RawAnswer Read(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        while (text.StartsWith("HTTP/1.1 1", StringComparison.Ordinal)) text = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return RawAnswer.None;
        var lines = text[..end].Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parts in lines.Skip(1).Select(line => line.Split(": ", 2))) headers[parts[0]] = parts.Length > 1 ? parts[1] : "";
        var body = text[(end + 4)..];
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, headers.ContainsKey("Transfer-Encoding") ? Joined(body) : body);
    }

    // Lengths count bytes; what the hub sends in chunks is JSON, in which a line that is a number alone does not stand.
    private static string Joined(string chunked)
    {
        var lines = chunked.Split("\r\n");
        return string.Concat(lines.Where((_, index) => index % 2 == 1));
    }
}
