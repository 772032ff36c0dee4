using System.Threading.Channels;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Sync;

/// <summary>Merges the events that the bus brings, as many as are waiting in one transaction.</summary>
internal sealed class SyncService(
    IDatabase database, InboxStore inbox, InFlight inFlight, ConfigurationSource configuration, ErasureKey erasureKey, OutboxRelay relay, TimeProvider time, ILogger<SyncService> logger)
    : BackgroundService
{
    // A batch holds the only writer: received webhooks wait meanwhile for their commit.
    private const int MaxBatch = 32;

    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Merges one event. When the task completes, it is in the record, on disk.</summary>
    public async Task MergeAsync(MergeItem item, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(item);
        await queue.Writer.WriteAsync(waiting, cancellationToken);
        await waiting.Completion.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Waiting> batch = [];
        while (await queue.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            while (batch.Count < MaxBatch && queue.Reader.TryRead(out var waiting)) batch.Add(waiting);
            await MergeAsync(batch, stoppingToken);
        }
    }

    private async Task MergeAsync(List<Waiting> batch, CancellationToken cancellationToken)
    {
        try
        {
            var items = batch.ConvertAll(waiting => waiting.Item);
            relay.Publish(await database.WriteAsync(session => Merger.Of(session, configuration.Current, erasureKey, time).Merge(items), cancellationToken));
            foreach (var waiting in batch) Complete(waiting);
        }
        catch (StorageException exception)
        {
            // The disk refuses, the events are sound: the deliveries' claims run out and they are tried again.
            Log.BatchNotStored(logger, exception, batch.Count);
            foreach (var waiting in batch) Abandon(waiting, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One bad event must not hold up the others of its batch: each one stands for itself.
            if (batch.Count > 1)
            {
                foreach (var waiting in batch) await MergeAsync([waiting], cancellationToken);
            }
            else
            {
                await FailAsync(batch[0], exception, cancellationToken);
            }
        }
    }

    private void Complete(Waiting waiting)
    {
        inFlight.Release(waiting.Item.DeliveryId);
        waiting.Completion.TrySetResult();
    }

    private async Task FailAsync(Waiting waiting, Exception exception, CancellationToken cancellationToken)
    {
        Log.MergeFailed(logger, exception, waiting.Item.Event.Connection, waiting.Item.DeliveryId, waiting.Item.Event.EventId);
        try
        {
            await inbox.RecordFailureAsync(waiting.Item.DeliveryId, $"the event could not be merged ({exception.GetType().Name})", cancellationToken);
        }
        catch (StorageException storage)
        {
            Log.FailureNotRecorded(logger, storage, waiting.Item.DeliveryId);
        }
        Abandon(waiting, exception);
    }

    private void Abandon(Waiting waiting, Exception exception)
    {
        inFlight.Release(waiting.Item.DeliveryId);
        waiting.Completion.TrySetException(exception);
    }

    private sealed record Waiting(MergeItem Item)
    {
        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
