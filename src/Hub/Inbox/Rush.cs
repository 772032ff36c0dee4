namespace IntegrationHub.Hub.Inbox;

/// <summary>More comes in at once than can be merged meanwhile. Then it is taken in first: senders wait for their answers, and give up after seconds; the record can catch up.</summary>
internal sealed class Rush(InFlight inFlight, TimeProvider time)
{
    /// <summary>How many deliveries that are not in the record yet make a rush: what arrives is merged at once as long as there are fewer.</summary>
    public const int Crowd = 128;

    /// <summary>How many of them have to arrive at once.</summary>
    public const int Arrivals = 64;

    /// <summary>Within how long.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMilliseconds(50);

    /// <summary>What lasts longer is no rush but the usual load, and gets no more than its share.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    /// <summary>How long it has to be calm before there can be another one.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    /// <summary>Work goes on all the same, a step after each wait of this length.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    private readonly Lock sync = new();
    private readonly Queue<long> latest = new(Arrivals);
    private long began;
    private long last = long.MinValue;

    /// <summary>Whether one goes on.</summary>
    public bool IsOn
    {
        get
        {
            lock (sync) return inFlight.Places >= Crowd && IsRush() && time.GetElapsedTime(began) < Most;
        }
    }

    /// <summary>Says that a delivery has come in.</summary>
    public void Arrive()
    {
        lock (sync)
        {
            if (latest.Count == Arrivals) latest.Dequeue();
            var now = time.GetTimestamp();
            latest.Enqueue(now);
            if (!IsRush()) return;
            if (last == long.MinValue || time.GetElapsedTime(last, now) > Calm) began = now;
            last = now;
        }
    }

    /// <summary>To be awaited before each step of work that can wait: returns at once, or after a moment when there is a rush.</summary>
    public async ValueTask GiveWayAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (IsOn && time.GetElapsedTime(since) < Patience) await Task.Delay(Look, time, cancellationToken);
    }

    private bool IsRush() => latest.Count == Arrivals && time.GetElapsedTime(latest.Peek()) < Within;
}
