using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Inbox;

/// <summary>Takes deliveries from the inbox to the bus, the connections in turn: right after they are stored, through memory; the sweeper brings what was left behind.</summary>
internal sealed class Dispatcher(InboxStore inbox, Normalizer normalizer, EventPublisher publisher, InFlight inFlight, Precedence precedence, ILogger<Dispatcher> logger) : BackgroundService
{
    private const int Workers = 4;

    private readonly FairQueue<StoredDelivery> arrived = new();
    private readonly FairQueue<StoredDelivery> swept = new();
    private readonly SemaphoreSlim waiting = new(0);
    private int taken;

    /// <summary>Hands over a delivery that this process has claimed and just stored.</summary>
    public void Enqueue(StoredDelivery delivery, InFlight.Place place) => Enqueue(arrived, delivery, place);

    /// <summary>Hands over a delivery that this process has claimed on disk. What comes in meanwhile goes first, three times of four.</summary>
    public void EnqueueSwept(StoredDelivery delivery, InFlight.Place place) => Enqueue(swept, delivery, place);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            // What the bus still carries may be merged before it stops: if it is not, another process or the next start has it.
            await inbox.GiveBackAsync(inFlight.All(), cancellationToken);
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException or ObjectDisposedException)
        {
            Log.NotGivenBack(logger, exception);
        }
    }

    public override void Dispose()
    {
        waiting.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    internal Task RunAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(stoppingToken)));

    private void Enqueue(FairQueue<StoredDelivery> queue, StoredDelivery delivery, InFlight.Place place)
    {
        if (!inFlight.Hold(delivery.Id, place)) return;
        queue.Add(delivery.Connection, delivery);
        waiting.Release();
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await inFlight.EnterAsync(stoppingToken);
            await waiting.WaitAsync(stoppingToken);
            await precedence.GiveWayAsync(stoppingToken);
            await publisher.WaitUntilConnectedAsync(stoppingToken);
            var delivery = Take();
            inFlight.Send(delivery.Id);
            await normalizer.RunAsync(delivery, stoppingToken);
        }
    }

    private StoredDelivery Take()
    {
        var (first, second) = Interlocked.Increment(ref taken) % 4 == 0 ? (swept, arrived) : (arrived, swept);
        return first.TryTake(out var delivery) || second.TryTake(out delivery) ? delivery : throw new InvalidOperationException("A delivery was announced and is not there.");
    }
}
