using System.Collections.Concurrent;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Ingest;

/// <summary>Counts refused requests by connection and reason. Nothing else of them is kept.</summary>
internal sealed class RefusalCounter(IDatabase database, Signals signals, TimeProvider time, ILogger<RefusalCounter> logger) : BackgroundService
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Connection, string Reason), int> counts = new();
    private readonly Dictionary<(string Connection, string Reason), int> untold = [];
    private long toldAt;

    public void Count(string connection, string reason)
    {
        counts.AddOrUpdate((connection, reason), 1, (_, count) => count + 1);
        signals.Refused(connection, reason);
    }

    /// <summary>All refusals so far.</summary>
    public List<(string Connection, string Reason, long Count)> Totals()
    {
        var totals = database.Read(session => session.Query("select connection, reason, count from ingest_count where what = 'refused'",
            row => (Connection: row.GetString(0), Reason: row.GetString(1), Count: row.GetInt64(2))));
        var waiting = counts.Select(entry => (entry.Key.Connection, entry.Key.Reason, Count: (long)entry.Value));
        return [.. totals.Concat(waiting).GroupBy(entry => (entry.Connection, entry.Reason)).Select(group => (group.Key.Connection, group.Key.Reason, group.Sum(entry => entry.Count)))];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FlushInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FlushAsync();
                Tell();
            }
        }
        catch (OperationCanceledException)
        {
            await FlushAsync();
            toldAt = 0;
            Tell();
        }
    }

    // The first refusal is told at once, and those that follow once a minute.
    private void Tell()
    {
        if (untold.Count == 0 || (toldAt != 0 && time.GetElapsedTime(toldAt) < BetweenLines)) return;
        foreach (var (key, count) in untold) Log.Refused(logger, count, key.Connection, key.Reason);
        untold.Clear();
        toldAt = time.GetTimestamp();
    }

    private async Task FlushAsync()
    {
        foreach (var key in counts.Keys)
        {
            if (!counts.TryRemove(key, out var count)) continue;
            untold[key] = untold.GetValueOrDefault(key) + count;
            try
            {
                await database.WriteAsync(session => session.Execute(
                    """
                    insert into ingest_count (connection, what, reason, count) values ($connection, 'refused', $reason, $count)
                    on conflict (connection, what, reason) do update set count = ingest_count.count + excluded.count
                    """, ("$connection", key.Connection), ("$reason", key.Reason), ("$count", count)), CancellationToken.None);
            }
            catch (StorageException exception)
            {
                Log.CountNotStored(logger, exception);
                counts.AddOrUpdate(key, count, (_, later) => later + count);
            }
        }
    }
}
