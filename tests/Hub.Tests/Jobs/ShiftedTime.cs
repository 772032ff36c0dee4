namespace IntegrationHub.Hub.Tests.Jobs;

/// <summary>The real clock, set to another date. It runs on by itself, and can be set forward and back.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long offset;
    private long elapsed;

    public ShiftedTime(DateTimeOffset now) => Set(now);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref offset));

    // What waits by the stopwatch has waited as long; it never goes back.
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref elapsed);

    public void Set(DateTimeOffset now)
    {
        var shift = (now - GetUtcNow()).Ticks;
        Interlocked.Add(ref offset, shift);
        if (shift > 0) Interlocked.Add(ref elapsed, shift);
    }

    public void Advance(TimeSpan duration) => Set(GetUtcNow() + duration);
}
