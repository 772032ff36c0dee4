using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Sync;

/// <summary>Merges the events that the bus brings, as many as are waiting in one transaction.</summary>
internal sealed class SyncService(
    IDatabase database, InFlight inFlight, Precedence precedence, Failures failures, ConfigurationSource configuration, ErasureKey erasureKey, OutboxRelay relay, Signals signals, TimeProvider time, ILogger<SyncService> logger)
    : BackgroundService
{
    // A batch holds the only writer: received webhooks wait meanwhile for their commit.
    private const int MaxBatch = 32;

    // When none waits: fewer commits, and pages that several events change are written once.
    private const int MaxBatchInQuiet = 128;

    // Of what is behind, while others have work.
    private const int MaxBatchBeside = 1;

    private readonly FairQueue<Waiting> first = new();
    private readonly FairQueue<Waiting> later = new();
    private readonly SemaphoreSlim arrived = new(0);
    private bool firstHadItsTurn;

    /// <summary>Merges one event. When the task completes, it is in the record, or its delivery waits in the inbox for the next try. A power cut can take it out of the record; then its delivery waits again.</summary>
    public Task MergeAsync(MergeItem item, CancellationToken cancellationToken) => Add(item).Completion.Task.WaitAsync(cancellationToken);

    /// <summary>The same for who does not wait for it.</summary>
    public void Take(MergeItem item) => Add(item);

    public override void Dispose()
    {
        arrived.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        List<Waiting> batch = [];
        while (true)
        {
            await arrived.WaitAsync(stoppingToken);
            await precedence.GiveWayAsync(stoppingToken);
            Fill(batch);
            await MergeAsync(batch, stoppingToken);
        }
    }

    private Waiting Add(MergeItem item)
    {
        // Worked out here, by whoever brings it: the writer has enough to do.
        _ = item.Content;
        _ = item.IdentityUnder(new IdentityRules(configuration.Current));
        var waiting = new Waiting(item);
        (precedence.IsBehind(item.Event.Connection) ? later : first).Add(item.Event.Connection, waiting);
        arrived.Release();
        return waiting;
    }

    // In turns, so that what comes in does not hold up for ever what waits.
    private void Fill(List<Waiting> batch)
    {
        batch.Clear();
        var line = firstHadItsTurn ? (later.IsEmpty ? first : later) : (first.IsEmpty ? later : first);
        firstHadItsTurn = line == first;
        var limit = precedence.IsQuiet ? MaxBatchInQuiet : line == later && precedence.IsClaimed ? MaxBatchBeside : MaxBatch;
        while (line.TryTake(out var waiting))
        {
            batch.Add(waiting);
            if (batch.Count == limit || !arrived.Wait(0)) return;
        }
        arrived.Release();
    }

    private async Task MergeAsync(List<Waiting> batch, CancellationToken cancellationToken)
    {
        var items = batch.ConvertAll(waiting => waiting.Item);
        using var spans = new MergeSpans(signals, items);
        try
        {
            var messages = await database.WriteRedoableRecordAsync(session => Merger.Of(session, configuration.Current, erasureKey, time).Merge(items), cancellationToken);
            spans.Succeed(time.GetUtcNow());
            relay.Publish(spans.Mark(messages));
            foreach (var waiting in batch) Complete(waiting);
        }
        catch (StorageException exception)
        {
            // The disk refuses, the events are sound: their deliveries are tried again.
            Log.BatchNotStored(logger, exception, batch.Count);
            foreach (var waiting in batch)
            {
                failures.GiveBack(waiting.Item.DeliveryId);
                waiting.Completion.TrySetResult();
            }
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
                Fail(batch[0], exception);
            }
        }
    }

    private void Complete(Waiting waiting)
    {
        inFlight.Release(waiting.Item.DeliveryId);
        waiting.Completion.TrySetResult();
    }

    // The bus need not keep it: the inbox does.
    private void Fail(Waiting waiting, Exception exception)
    {
        Log.MergeFailed(logger, exception, waiting.Item.Event.Connection, waiting.Item.DeliveryId, waiting.Item.Event.EventId);
        failures.Count(waiting.Item.DeliveryId, $"the event could not be merged ({exception.GetType().Name})");
        waiting.Completion.TrySetResult();
    }

    private sealed record Waiting(MergeItem Item)
    {
        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
