using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Hydration;
using IntegrationHub.Hub.Telemetry;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Jobs;

/// <summary>Keeps the schedule in step with the configuration while the hub runs.</summary>
internal sealed class HistoryService(
    ConfigurationSource configuration, HistorySchedule schedule, HistoryRequests requests, HistoryStore store, ConnectionTroubles troubles, TimeProvider time, ILogger<HistoryService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    // A clock that was set back leaves plans far ahead.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    private readonly Wakeup changed = new(time);
    private readonly Lock noting = new();
    private readonly HashSet<string> renewed = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        configuration.Changed += Note;
        try
        {
            while (!stoppingToken.IsCancellationRequested) await changed.WaitAsync(await FollowAsync(stoppingToken), stoppingToken);
        }
        finally
        {
            configuration.Changed -= Note;
        }
    }

    /// <returns>How long to wait for the next change.</returns>
    private async Task<TimeSpan> FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            var current = configuration.Current;
            await requests.SeeAsync([.. current.Connections.Values.Where(connection => connection.History is not null).Select(connection => connection.Name)], cancellationToken);
            await HurryAsync(cancellationToken);
            await schedule.FollowAsync(current, cancellationToken);
            return LookAgain;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (!MeasuredDatabase.IsAway(exception)) Log.NotScheduled(logger, exception);
            return Moment;
        }
    }

    // New settings may be the cure: what waited is tried at once.
    private async Task HurryAsync(CancellationToken cancellationToken)
    {
        List<string> connections;
        lock (noting) connections = [.. renewed];
        foreach (var connection in connections)
        {
            await troubles.ClearAsync(connection, cancellationToken);
            await store.HurryAsync(connection, cancellationToken);
            lock (noting) renewed.Remove(connection);
        }
    }

    private void Note(object? sender, ConfigurationChange change)
    {
        lock (noting) renewed.UnionWith([.. change.Changed, .. change.Added]);
        changed.Signal();
    }
}
