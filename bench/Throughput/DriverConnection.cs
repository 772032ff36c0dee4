using System.Net;
using System.Net.Sockets;

namespace IntegrationHub.Bench.Throughput;

/// <summary>One connection to a server that is kept open. It carries one request at a time.</summary>
internal sealed class DriverConnection : IDisposable
{
    private const int LargestAnswer = 16 * 1024;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[LargestAnswer];
    private int filled;

    private DriverConnection()
    {
    }

    /// <summary>The latest answer, as it came.</summary>
    public ReadOnlySpan<byte> LatestAnswer => buffer.AsSpan(0, filled);

    public static async Task<DriverConnection> OpenAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var connection = new DriverConnection();
        try
        {
            await connection.socket.ConnectAsync(server, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and waits until its answer is complete.</summary>
    /// <exception cref="InvalidDataException">The answer ends too soon, is too large, or is not what a measurement can go on with.</exception>
    public async ValueTask<Answer> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        while (request.Length > 0) request = request[await socket.SendAsync(request, cancellationToken)..];
        for (filled = 0; ;)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(filled), cancellationToken);
            if (received == 0) throw new InvalidDataException(filled == buffer.Length ? "An answer is larger than 16 KiB." : "The server closed a connection before its answer was complete.");
            filled += received;
            if (Answers.Read(LatestAnswer) is { } answer) return answer;
        }
    }

    public void Dispose() => socket.Dispose();
}
