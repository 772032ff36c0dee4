using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Vendors;

/// <summary>Keeps the calls of one account at a vendor within the vendor's limit: in no stretch of that length there are more calls than allowed. Connections of the same account share it.</summary>
/// <param name="processes">How many processes share the limit now; each keeps to its part of it. Null for this one alone.</param>
internal sealed class CallBudget(CallLimit limit, TimeProvider time, Func<int>? processes = null)
{
    /// <summary>The longest that a call waits here. One that would wait longer is turned away, and whoever made it rests.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly Lock access = new();
    private readonly long origin = time.GetTimestamp();
    private readonly Queue<TimeSpan> starts = new();
    private CallLimit limit = limit;
    private TimeSpan restsUntil;

    /// <summary>Takes over a limit that was configured anew. What was called already counts.</summary>
    public void Allow(CallLimit newLimit)
    {
        lock (access) limit = newLimit;
    }

    /// <summary>The vendor asks for a pause: nobody calls for this account until it is over.</summary>
    public void Rest(TimeSpan pause)
    {
        lock (access) restsUntil = Later(restsUntil, Now + pause);
    }

    /// <summary>Waits until one more call is within the limit.</summary>
    /// <exception cref="VendorException">That would take longer than <see cref="LongestWait"/>.</exception>
    public Task TakeAsync(CancellationToken cancellationToken)
    {
        var wait = Reserve();
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }

    // By the monotonic clock: a wall clock that is set back would stop all calls.
    private TimeSpan Now => time.GetElapsedTime(origin);

    private TimeSpan Reserve()
    {
        lock (access)
        {
            var now = Now;
            var (calls, per) = Part(processes?.Invoke() ?? 1);
            while (starts.Count > calls) starts.Dequeue();
            var start = Later(now, restsUntil);
            if (starts.Count == calls) start = Later(start, starts.Peek() + per);
            if (start - now > LongestWait) throw TurnedAway(start - now);
            starts.Enqueue(start);
            return start - now;
        }
    }

    // Where there are more processes than calls, each has one call in a longer stretch.
    private (int Calls, TimeSpan Per) Part(int sharers) =>
        sharers <= limit.Calls ? (limit.Calls / sharers, limit.Per) : (1, limit.Per * sharers / limit.Calls);

    private VendorException TurnedAway(TimeSpan wait) => new(VendorFault.Throttled, restsUntil > Now
        ? "the vendor has asked for a pause"
        : $"the vendor's limit of {limit.Calls} calls in {limit.Per.TotalSeconds} s is used up")
    { RetryAfter = wait };

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
