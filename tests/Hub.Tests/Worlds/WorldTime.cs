namespace IntegrationHub.Hub.Tests.Worlds;

/// <summary>The time of a world: it passes when the world says so.</summary>
internal sealed class WorldTime
{
    private static readonly DateTimeOffset Beginning = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (TimeSpan Due, long Number)> alarms = new();
    private long number;

    /// <summary>How long the world has been.</summary>
    public TimeSpan Now { get; private set; }

    public void Pass(TimeSpan span) => Now += span;

    /// <summary>Has something happen after a while.</summary>
    public void After(TimeSpan wait, Action happen) => alarms.Enqueue(happen, (Now + wait, ++number));

    /// <summary>Lets happen what is due.</summary>
    public void Ring()
    {
        while (alarms.TryPeek(out var happen, out var next) && next.Due <= Now)
        {
            alarms.Dequeue();
            happen();
        }
    }

    /// <summary>Nothing is to do before the next thing happens.</summary>
    public void Skip(TimeSpan atMostTo)
    {
        var next = alarms.TryPeek(out _, out var first) && first.Due < atMostTo ? first.Due : atMostTo;
        if (next > Now) Now = next;
    }

    /// <summary>The clock of a process, and what wakes it. Its hands can be set; what it measures goes on.</summary>
    internal sealed class Clock(WorldTime time, WorldThread thread) : TimeProvider
    {
        /// <summary>How far its hands are off.</summary>
        public TimeSpan Error { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => time.Now.Ticks;

        public override DateTimeOffset GetUtcNow() => Beginning + time.Now + Error;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(time, thread, () => callback(state));
            timer.Change(dueTime, period);
            return timer;
        }
    }

    private sealed class Timer(WorldTime time, WorldThread thread, Action fire) : ITimer
    {
        // A timer that nobody holds any more is disposed of by the garbage collector, on a thread of its own.
        private volatile bool isDisposed;
        private int setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            setting++;
            if (dueTime != Timeout.InfiniteTimeSpan) Set(dueTime, period, setting);
            return true;
        }

        public void Dispose() => isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(TimeSpan wait, TimeSpan period, int current) => time.After(wait, () =>
        {
            if (isDisposed || current != setting || thread.IsDead) return;
            if (period > TimeSpan.Zero) Set(period, period, current);
            thread.Add("timer", fire);
        });
    }
}
