namespace IntegrationHub.Bench;

/// <summary>Work that waits finely, and must not wait for a thread of the pool.</summary>
internal static class OwnThread
{
    public static Task RunAsync(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
