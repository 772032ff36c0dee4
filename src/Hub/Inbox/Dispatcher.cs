using System.Threading.Channels;

namespace IntegrationHub.Hub.Inbox;

/// <summary>Takes deliveries from the inbox to the bus: right after they are stored, through memory; the sweeper brings what was left behind.</summary>
internal sealed class Dispatcher(InboxStore inbox, Normalizer normalizer, InFlight inFlight, TimeProvider time, ILogger<Dispatcher> logger) : BackgroundService
{
    private const int Workers = 4;
    private const int MaxSwept = 500;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<StoredDelivery> queue = Channel.CreateUnbounded<StoredDelivery>();

    /// <summary>Hands over a claimed delivery that holds a place in <see cref="InFlight"/>.</summary>
    public void Enqueue(StoredDelivery delivery)
    {
        inFlight.Hold(delivery.Id);
        queue.Writer.TryWrite(delivery);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await inbox.ReleaseClaimsAsync(stoppingToken);
        var workers = Enumerable.Range(0, Workers).Select(_ => WorkAsync(stoppingToken));
        await Task.WhenAll(workers.Append(SweepAsync(stoppingToken)));
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        await foreach (var delivery in queue.Reader.ReadAllAsync(stoppingToken)) await normalizer.RunAsync(delivery, stoppingToken);
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var found = 0;
            try
            {
                found = await SweepOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.SweepFailed(logger, exception);
            }
            if (found == 0) await Task.Delay(SweepInterval, time, stoppingToken);
        }
    }

    private async Task<int> SweepOnceAsync(CancellationToken stoppingToken)
    {
        inFlight.ReleaseExpired();
        // Half of the places stay free for what comes in meanwhile.
        var wanted = Math.Min(MaxSwept, inFlight.Free / 2);
        var reserved = 0;
        while (reserved < wanted && inFlight.TryReserve()) reserved++;
        try
        {
            if (reserved == 0) return 0;
            var open = await inbox.ClaimOpenAsync(reserved, stoppingToken);
            foreach (var delivery in open)
            {
                reserved--;
                Enqueue(delivery);
            }
            return open.Count;
        }
        finally
        {
            for (; reserved > 0; reserved--) inFlight.GiveBack();
        }
    }
}
