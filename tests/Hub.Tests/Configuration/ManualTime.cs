namespace IntegrationHub.Hub.Tests.Configuration;

/// <summary>A clock that moves only when it is told to. Any thread may look at it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock access = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (access) return now;
    }

    public override long GetTimestamp()
    {
        lock (access) return elapsed.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (access) timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan duration)
    {
        List<ManualTimer> running;
        lock (access)
        {
            now += duration;
            elapsed += duration;
            running = [.. timers];
        }
        foreach (var timer in running) timer.FireIfDue();
    }

    /// <summary>Sets the clock on the wall, forward or back, while time goes on as before.</summary>
    public void Set(DateTimeOffset wall)
    {
        lock (access) now = wall;
    }

    /// <summary>Lets time pass until a task is completed.</summary>
    /// <param name="step">How much at a time. Real calls take their own time meanwhile.</param>
    public async Task<T> PassUntilAsync<T>(Task<T> task, TimeSpan step)
    {
        await Eventually.HoldsAsync(() =>
        {
            if (!task.IsCompleted) Advance(step);
            return task.IsCompleted;
        }, "the task is completed");
        return await task;
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        private TimeSpan? due;
        private TimeSpan period;

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (time.access)
            {
                due = dueTime == Timeout.InfiniteTimeSpan ? null : time.elapsed + dueTime;
                period = newPeriod;
            }
            return true;
        }

        public void FireIfDue()
        {
            if (TakeDue()) fire();
        }

        public void Dispose()
        {
            lock (time.access) time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private bool TakeDue()
        {
            lock (time.access)
            {
                if (due is not { } at || at > time.elapsed) return false;
                // Periods that have passed meanwhile are one: a month holds millions of seconds.
                due = period > TimeSpan.Zero ? at + (period * (Math.Floor((time.elapsed - at) / period) + 1)) : null;
                return true;
            }
        }
    }
}
