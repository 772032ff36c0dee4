using System.Diagnostics;
using System.Net;

namespace IntegrationHub.Bench.Throughput;

/// <summary>Sends requests that are laid out already over a fixed number of connections.</summary>
internal sealed class Driver : IDisposable
{
    private readonly List<DriverConnection> connections = [];

    private Driver()
    {
    }

    public static async Task<Driver> ConnectAsync(IPEndPoint server, int connections, CancellationToken cancellationToken)
    {
        var driver = new Driver();
        try
        {
            for (var i = 0; i < connections; i++) driver.connections.Add(await DriverConnection.OpenAsync(server, cancellationToken));
            return driver;
        }
        catch
        {
            driver.Dispose();
            throw;
        }
    }

    /// <summary>Sends all requests, each connection the next one as soon as its last one is answered.</summary>
    /// <exception cref="InvalidDataException">An answer is not what a measurement can go on with.</exception>
    public async Task<Burst> SendAsync(IReadOnlyList<byte[]> requests, CancellationToken cancellationToken)
    {
        var took = new TimeSpan[requests.Count];
        var (next, unavailable) = (-1, 0);
        async Task SendNextAsync(DriverConnection connection)
        {
            for (var index = Interlocked.Increment(ref next); index < requests.Count; index = Interlocked.Increment(ref next))
            {
                var sent = Stopwatch.GetTimestamp();
                if (await connection.SendAsync(requests[index], cancellationToken) is Answer.Unavailable) Interlocked.Increment(ref unavailable);
                took[index] = Stopwatch.GetElapsedTime(sent);
            }
        }
        // What was needed to lay the requests out is not collected while they are sent.
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(connections.Select(connection => Task.Run(() => SendNextAsync(connection), cancellationToken)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var answers = new Percentiles();
        foreach (var time in took) answers.Add(time);
        return new Burst(requests.Count - unavailable, unavailable, started, elapsed, answers);
    }

    public void Dispose()
    {
        foreach (var connection in connections) connection.Dispose();
    }
}

/// <summary>What came of a burst.</summary>
/// <param name="Unavailable">Deliveries that were answered 503.</param>
/// <param name="Started">When the first was sent, by the stopwatch.</param>
/// <param name="Elapsed">From the first that was sent to the last answer.</param>
/// <param name="Answers">From sending a delivery to its answer.</param>
internal sealed record Burst(int Accepted, int Unavailable, long Started, TimeSpan Elapsed, Percentiles Answers);
