namespace IntegrationHub.Hub.Hydration;

/// <summary>Sleeps until a time has passed or somebody calls, whichever is first. A call while nobody sleeps is not lost.</summary>
internal sealed class Wakeup(TimeProvider time)
{
    private volatile TaskCompletionSource called = Fresh();

    public void Signal() => called.TrySetResult();

    /// <param name="longest">Zero goes on at once; <see cref="Timeout.InfiniteTimeSpan"/> waits for a call alone.</param>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (longest > TimeSpan.Zero || longest == Timeout.InfiniteTimeSpan)
        {
            try
            {
                await called.Task.WaitAsync(longest, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
        cancellationToken.ThrowIfCancellationRequested();
        if (called.Task.IsCompleted) called = Fresh();
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
