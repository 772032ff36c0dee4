using System.Threading.Channels;

namespace IntegrationHub.Bench.Baselines;

/// <summary>Writers that commit together what many wait for: each takes all that waits when it is free.</summary>
internal sealed class GroupCommit<T> : IAsyncDisposable
{
    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>();
    private readonly Task loops;

    /// <param name="writers">Each writes items and commits them, for one call at a time.</param>
    public GroupCommit(params IEnumerable<Func<IReadOnlyList<T>, Task>> writers) => loops = Task.WhenAll(writers.Select(writer => Task.Run(() => WriteAsync(writer))).ToList());

    /// <summary>Stores an item. When the task completes, it is on disk.</summary>
    public Task StoreAsync(T item)
    {
        var waiting = new Waiting(item);
        queue.Writer.TryWrite(waiting);
        return waiting.Completion.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loops;
    }

    private async Task WriteAsync(Func<IReadOnlyList<T>, Task> writer)
    {
        List<Waiting> batch = [];
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (queue.Reader.TryRead(out var waiting)) batch.Add(waiting);
            if (batch.Count == 0) continue;
            try
            {
                await writer(batch.ConvertAll(waiting => waiting.Item));
                foreach (var waiting in batch) waiting.Completion.TrySetResult();
            }
            catch (Exception exception)
            {
                foreach (var waiting in batch) waiting.Completion.TrySetException(exception);
            }
        }
    }

    private sealed record Waiting(T Item)
    {
        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
