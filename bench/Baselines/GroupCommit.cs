using System.Threading.Channels;

namespace IntegrationHub.Bench.Baselines;

/// <summary>One writer that commits together what many wait for.</summary>
internal sealed class GroupCommit<T> : IAsyncDisposable
{
    private readonly PlainDatabase database;
    private readonly Action<T> write;
    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task loop;

    /// <param name="write">Writes one item within the transaction.</param>
    public GroupCommit(PlainDatabase database, Action<T> write)
    {
        (this.database, this.write) = (database, write);
        loop = Task.Run(WriteAsync);
    }

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
        await loop;
    }

    private async Task WriteAsync()
    {
        List<Waiting> batch = [];
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (queue.Reader.TryRead(out var waiting)) batch.Add(waiting);
            try
            {
                database.InTransaction(() => batch.ForEach(waiting => write(waiting.Item)));
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
