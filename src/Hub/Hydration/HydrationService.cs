using System.Collections.Concurrent;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Hydration;

/// <summary>Runs a lane for each connection whose vendor has objects to fetch.</summary>
internal sealed class HydrationService(
    ConfigurationSource configuration, HydrationStore store, VendorApis apis, ConnectionTroubles troubles, Signals signals, TimeProvider time, ILogger<HydrationService> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, HydrationLane> lanes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> configuredAnew = new();
    private readonly Wakeup changed = new(time);

    /// <summary>A delivery of this connection hints at something.</summary>
    public void Wake(string connection)
    {
        if (lanes.TryGetValue(connection, out var lane)) lane.Wake();
    }

    /// <summary>What kept a connection from its vendor may be mended: what waits is tried at once.</summary>
    public async Task HurryAsync(string connection, CancellationToken cancellationToken)
    {
        await troubles.ClearAsync(connection, cancellationToken);
        await store.HurryAsync(connection, cancellationToken);
        Wake(connection);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        configuration.Changed += Change;
        List<Task> running = [];
        try
        {
            await EndRestsAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                running.AddRange(NewLanes().Select(lane => lane.RunAsync(stoppingToken)));
                while (configuredAnew.TryDequeue(out var connection)) await TryHurryAsync(connection, stoppingToken);
                await changed.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken);
            }
        }
        finally
        {
            configuration.Changed -= Change;
            await Task.WhenAll(running);
        }
    }

    // A key that stands in the environment is renewed by a restart: whoever waits for one asks once more.
    private async Task EndRestsAsync(CancellationToken cancellationToken)
    {
        foreach (var trouble in troubles.All().Where(trouble => trouble.NeedsAttention)) await TryHurryAsync(trouble.Connection, cancellationToken);
    }

    private List<HydrationLane> NewLanes()
    {
        List<HydrationLane> added = [];
        foreach (var name in configuration.Current.Connections.Values.Where(connection => connection.Source is IHydrate).Select(connection => connection.Name))
        {
            var lane = new HydrationLane(name, configuration, store, apis, troubles, signals, time, logger);
            if (lanes.TryAdd(name, lane)) added.Add(lane);
        }
        return added;
    }

    // New settings may be the cure.
    private void Change(object? sender, ConfigurationChange change)
    {
        foreach (var connection in change.Changed.Concat(change.Added)) configuredAnew.Enqueue(connection);
        changed.Signal();
    }

    private async Task TryHurryAsync(string connection, CancellationToken cancellationToken)
    {
        try
        {
            await HurryAsync(connection, cancellationToken);
        }
        catch (StorageException)
        {
            // The database has told of itself, and the lane tries again by its own clock.
        }
    }
}
