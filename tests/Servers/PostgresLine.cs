using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace IntegrationHub.Servers;

/// <summary>The line between one client and a PostgreSQL server. A test cuts it and mends it, or has the answers to commits get lost on it.</summary>
public sealed class PostgresLine : IAsyncDisposable
{
    // What the server says when it has committed: CommandComplete, its length, its tag.
    private static readonly byte[] Committed = [(byte)'C', 0, 0, 0, 11, .. "COMMIT\0"u8];

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, TcpClient> connections = new();
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly Task accepting;
    private volatile bool isCut;
    private volatile bool losesCommits;
    private int lostCommits;

    /// <summary>A line that works.</summary>
    /// <param name="connectionString">How to connect to the server.</param>
    public PostgresLine(string connectionString)
    {
        server = new NpgsqlConnectionStringBuilder(connectionString);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>How to connect over this line.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port }.ConnectionString;

    /// <summary>Whether a connection breaks when the server has committed, before the client hears of it.</summary>
    public bool LosesCommits
    {
        get => losesCommits;
        set => losesCommits = value;
    }

    /// <summary>How many commits the client has not heard of.</summary>
    public int LostCommits => Volatile.Read(ref lostCommits);

    /// <summary>Ends all connections. Nobody gets through until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        isCut = true;
        foreach (var client in connections.Keys) Close(client);
    }

    /// <summary>Lets connections through again.</summary>
    public void Mend() => isCut = false;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Cut();
        listener.Stop();
        await accepting;
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        var remote = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        connections[client] = remote;
        try
        {
            if (isCut) return;
            await remote.ConnectAsync(server.Host!, server.Port);
            await Task.WhenAny(PumpAsync(client, remote, isAnswer: false), PumpAsync(remote, client, isAnswer: true));
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            // One of the two has gone, and the other one hears of it.
        }
        finally
        {
            Close(client);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool isAnswer)
    {
        try
        {
            var (source, target, buffer) = (from.GetStream(), to.GetStream(), new byte[64 * 1024]);
            while (await source.ReadAsync(buffer) is > 0 and var read)
            {
                if (isAnswer && losesCommits && buffer.AsSpan(0, read).IndexOf(Committed) >= 0)
                {
                    Interlocked.Increment(ref lostCommits);
                    return;
                }
                await target.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // As above.
        }
    }

    private void Close(TcpClient client)
    {
        if (connections.TryRemove(client, out var remote)) remote.Dispose();
        client.Dispose();
    }
}
