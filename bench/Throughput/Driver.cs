using System.Collections.Concurrent;
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

    /// <param name="servers">Where to; the connections are spread over them.</param>
    public static async Task<Driver> ConnectAsync(IReadOnlyList<IPEndPoint> servers, int connections, CancellationToken cancellationToken)
    {
        var driver = new Driver();
        try
        {
            for (var i = 0; i < connections; i++) driver.connections.Add(await DriverConnection.OpenAsync(servers[i % servers.Count], cancellationToken));
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
        return new Burst(requests.Count - unavailable, unavailable, started, elapsed, PercentilesOf(took));
    }

    /// <summary>
    /// Sends requests at even distances in time, whether those before are answered or not. Times count from the moment at which a request was due:
    /// a server that falls behind can't slow its own measurement.
    /// </summary>
    /// <param name="accepted">Is told of each delivery that was accepted.</param>
    /// <exception cref="InvalidDataException">An answer is not what a measurement can go on with.</exception>
    public async Task<Burst> SendEvenlyAsync(IReadOnlyList<byte[]> requests, double perSecond, AcceptedHeard? accepted, CancellationToken cancellationToken)
    {
        var (took, sending, unavailable) = (new TimeSpan[requests.Count], new Task[requests.Count], 0);
        using var idle = new BlockingCollection<DriverConnection>();
        connections.ForEach(idle.Add);
        async Task SendDueAsync(DriverConnection connection, int index, long due)
        {
            try
            {
                var answer = await connection.SendAsync(requests[index], cancellationToken);
                took[index] = Stopwatch.GetElapsedTime(due);
                if (answer is Answer.Unavailable) Interlocked.Increment(ref unavailable);
                else accepted?.Invoke(index, due, connection.LatestAnswer);
            }
            finally
            {
                idle.Add(connection, CancellationToken.None);
            }
        }
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        await PaceAsync(requests.Count, perSecond, started, (index, due) => sending[index] = SendDueAsync(idle.Take(cancellationToken), index, due));
        await Task.WhenAll(sending);
        return new Burst(requests.Count - unavailable, unavailable, started, Stopwatch.GetElapsedTime(started), PercentilesOf(took));
    }

    public void Dispose()
    {
        foreach (var connection in connections) connection.Dispose();
    }

    private static Task PaceAsync(int count, double perSecond, long started, Action<int, long> send) => OwnThread.RunAsync(() =>
    {
        for (var index = 0; index < count; index++)
        {
            var due = started + (long)(index * Stopwatch.Frequency / perSecond);
            FineWait.Until(due);
            send(index, due);
        }
    });

    private static Percentiles PercentilesOf(TimeSpan[] took)
    {
        var percentiles = new Percentiles();
        foreach (var time in took) percentiles.Add(time);
        return percentiles;
    }
}

/// <summary>Hears that a delivery was accepted.</summary>
/// <param name="index">Place of the request among those that were sent.</param>
/// <param name="due">When it was due, by the stopwatch.</param>
/// <param name="answer">The answer, as it came.</param>
internal delegate void AcceptedHeard(int index, long due, ReadOnlySpan<byte> answer);

/// <summary>What came of a burst.</summary>
/// <param name="Unavailable">Deliveries that were answered 503.</param>
/// <param name="Started">When the first was sent, by the stopwatch.</param>
/// <param name="Elapsed">From the first that was sent to the last answer.</param>
/// <param name="Answers">From sending a delivery, or from when it was due, to its answer.</param>
internal sealed record Burst(int Accepted, int Unavailable, long Started, TimeSpan Elapsed, Percentiles Answers);
