namespace IntegrationHub.Hub.Tests.Jobs;

/// <summary>The real clock, set to another date. It runs on by itself, and can be set forward and back.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long offset;

    public ShiftedTime(DateTimeOffset now) => Set(now);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref offset));

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref offset, (now - System.GetUtcNow()).Ticks);

    public void Advance(TimeSpan duration) => Interlocked.Add(ref offset, duration.Ticks);
}
