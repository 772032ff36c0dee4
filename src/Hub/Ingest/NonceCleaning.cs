using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Ingest;

/// <summary>Forgets now and then what was signed long ago.</summary>
internal sealed class NonceCleaning(IDatabase database, TimeProvider time, ILogger<NonceCleaning> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private const int Batch = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await database.WriteAsync(session => session.ForgetNonces(time.GetUtcNow(), Batch), stoppingToken) == Batch) continue;
            }
            catch (StorageException exception)
            {
                Log.NoncesNotCleaned(logger, exception);
            }
        }
    }
}
