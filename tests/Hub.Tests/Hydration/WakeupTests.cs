using IntegrationHub.Hub.Hydration;
using IntegrationHub.Hub.Tests.Configuration;

namespace IntegrationHub.Hub.Tests.Hydration;

public sealed class WakeupTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task Wait_without_end_ends_by_a_call_alone()
    {
        var wakeup = new Wakeup(time);
        var waiting = wakeup.WaitAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
        time.Advance(TimeSpan.FromDays(30));
        Assert.False(waiting.IsCompleted);
        wakeup.Signal();
        await waiting;
    }

    [Fact]
    public async Task Wait_ends_when_its_time_has_passed()
    {
        var waiting = new Wakeup(time).WaitAsync(TimeSpan.FromSeconds(5), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await waiting;
    }

    [Fact]
    public async Task Call_while_nobody_waits_counts_once()
    {
        var wakeup = new Wakeup(time);
        wakeup.Signal();
        wakeup.Signal();
        await wakeup.WaitAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
        Assert.False(wakeup.WaitAsync(Timeout.InfiniteTimeSpan, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Wait_ends_with_the_hub()
    {
        using var stopping = new CancellationTokenSource();
        var waiting = new Wakeup(time).WaitAsync(Timeout.InfiniteTimeSpan, stopping.Token);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
