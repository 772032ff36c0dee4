using System.Collections.Concurrent;
using System.Diagnostics;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Bench.Throughput;

/// <summary>Looks each millisecond which of some deliveries are in the record. It looks by key, so that looking costs the hub nothing.</summary>
internal sealed class RecordWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    private readonly DbSession reader;
    private readonly ConcurrentQueue<Watched> added = new();
    private readonly List<Watched> open = [];
    private readonly Task watching;
    private volatile bool isEnding;

    /// <param name="reader">Is used until the end, and by nobody else.</param>
    public RecordWatch(DbSession reader)
    {
        this.reader = reader;
        watching = OwnThread.RunAsync(Watch);
    }

    /// <summary>From the answer to the record.</summary>
    public Percentiles FromAnswer { get; } = new();

    /// <summary>From the moment at which a delivery was due to be sent to the record.</summary>
    public Percentiles FromDue { get; } = new();

    /// <summary>Watches a delivery that was answered just now.</summary>
    /// <param name="due">When it was due, by the stopwatch.</param>
    public void Add(long delivery, long due) => added.Enqueue(new Watched(delivery, due, Stopwatch.GetTimestamp()));

    /// <summary>Waits until all that were added are in the record.</summary>
    public Task EndAsync()
    {
        isEnding = true;
        return watching;
    }

    private void Watch()
    {
        while (!isEnding || open.Count > 0 || !added.IsEmpty)
        {
            while (added.TryDequeue(out var watched)) open.Add(watched);
            open.RemoveAll(IsMerged);
            FineWait.For(Interval);
        }
    }

    private bool IsMerged(Watched watched)
    {
        if (reader.First("select status from inbox where delivery_id = $id", row => row.GetInt32(0), ("$id", watched.Delivery)) == 0) return false;
        FromAnswer.Add(Stopwatch.GetElapsedTime(watched.Answered));
        FromDue.Add(Stopwatch.GetElapsedTime(watched.Due));
        return true;
    }

    private sealed record Watched(long Delivery, long Due, long Answered);
}
