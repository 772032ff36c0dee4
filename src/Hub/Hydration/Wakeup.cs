namespace IntegrationHub.Hub.Hydration;

/// <summary>One sleeper sleeps until a time has passed or somebody calls, whichever is first. A call while nobody sleeps is not lost.</summary>
internal sealed class Wakeup(TimeProvider time)
{
    private readonly Lock sync = new();
    private TaskCompletionSource? sleep;
    private bool called;

    public void Signal()
    {
        lock (sync)
        {
            called = true;
            sleep?.TrySetResult();
        }
    }

    /// <param name="longest">Zero goes on at once; <see cref="Timeout.InfiniteTimeSpan"/> waits for a call alone.</param>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if ((longest > TimeSpan.Zero || longest == Timeout.InfiniteTimeSpan) && FallAsleep() is { } asleep)
        {
            await using var timer = time.CreateTimer(_ => asleep.TrySetResult(), null, longest, Timeout.InfiniteTimeSpan);
            await using var ending = cancellationToken.Register(() => asleep.TrySetCanceled(cancellationToken));
            await asleep.Task;
        }
        // A call that came with the end of the time is served by what the sleeper does now.
        lock (sync) (sleep, called) = (null, false);
    }

    /// <returns>What ends the sleep; null when somebody has called already.</returns>
    private TaskCompletionSource? FallAsleep()
    {
        lock (sync) return called ? null : sleep = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
