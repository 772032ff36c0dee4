using System.Net;
using System.Net.Sockets;
using IntegrationHub.Bench.Throughput;

namespace IntegrationHub.Bench.Baselines;

/// <summary>Reads requests and answers each at once. What can be sent to it in a second, no server can be measured beyond.</summary>
internal sealed class AnsweringServer : IDisposable
{
    private const int LargestRequest = 256 * 1024;

    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public AnsweringServer()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Host and port.</summary>
    public string Address => $"{listener.LocalEndpoint}";

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true) _ = ServeAsync(await listener.AcceptSocketAsync());
    }

    private static async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        connection.NoDelay = true;
        var buffer = new byte[LargestRequest];
        var filled = 0;
        while (true)
        {
            var received = await connection.ReceiveAsync(buffer.AsMemory(filled));
            if (received == 0) return;
            filled += received;
            if (HttpFrame.Measure(buffer.AsSpan(0, filled), out _) is not { } length || filled < length) continue;
            filled = 0;
            await connection.SendAsync(Answer);
        }
    }
}
