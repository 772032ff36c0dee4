namespace IntegrationHub.Hub.Configuration;

/// <summary>Looks at the connectors file each second. Watching by notification is not reliable on network drives, container mounts and links.</summary>
internal sealed class ConfigurationReload(ConfigurationSource source, TimeProvider time, ILogger<ConfigurationReload> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly PeriodicTimer timer = new(Interval, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await timer.WaitForNextTickAsync(stoppingToken)) Poll();
    }

    public override void Dispose()
    {
        timer.Dispose();
        base.Dispose();
    }

    private void Poll()
    {
        try
        {
            source.Poll();
        }
        catch (Exception exception)
        {
            Log.ReloadBroke(logger, exception);
        }
    }
}
