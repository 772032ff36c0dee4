using System.Collections.Concurrent;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Hydration;

/// <summary>Runs a lane for each connection whose vendor has objects to fetch.</summary>
internal sealed class HydrationService(
    ConfigurationSource configuration, HydrationStore store, VendorApis apis, ConnectionTroubles troubles, TimeProvider time, ILogger<HydrationService> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, HydrationLane> lanes = new(StringComparer.Ordinal);
    private readonly Wakeup changed = new(time);

    /// <summary>A delivery of this connection hints at something.</summary>
    public void Wake(string connection)
    {
        if (lanes.TryGetValue(connection, out var lane)) lane.Wake();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        configuration.Changed += Change;
        List<Task> running = [];
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                foreach (var name in configuration.Current.Connections.Values.Where(connection => connection.Source is IHydrate).Select(connection => connection.Name))
                {
                    if (lanes.ContainsKey(name)) continue;
                    var lane = new HydrationLane(name, configuration, store, apis, troubles, time, logger);
                    lanes[name] = lane;
                    running.Add(lane.RunAsync(stoppingToken));
                }
                await changed.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken);
            }
        }
        finally
        {
            configuration.Changed -= Change;
            await Task.WhenAll(running);
        }
    }

    // New settings may be the cure: what waited is tried at once.
    private void Change(object? sender, ConfigurationChange change)
    {
        _ = HurryAsync([.. change.Changed, .. change.Added]);
        changed.Signal();
    }

    private async Task HurryAsync(IReadOnlyList<string> connections)
    {
        try
        {
            foreach (var connection in connections)
            {
                await troubles.ClearAsync(connection, CancellationToken.None);
                await store.HurryAsync(connection, CancellationToken.None);
                Wake(connection);
            }
        }
        catch (Storage.StorageException exception)
        {
            Log.LaneFailed(logger, exception, string.Join(", ", connections));
        }
    }
}
