using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Jobs;

/// <summary>Goes on with the runs of a connection, one page after the other, never two at a time.</summary>
internal sealed class HistoryWork(ConfigurationSource configuration, HistoryStore store, HistoryReader reader, ConnectionTroubles troubles, TimeProvider time)
{
    // Then others have their turn: the connection's own schedule, and connections that wait for a thread.
    private const int PagesAtATime = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Reads what is due, as much as may be read at a time. It never waits.</summary>
    /// <returns>When to go on; null when there is nothing to go on with.</returns>
    public async Task<DateTimeOffset?> GoOnAsync(string name, CancellationToken cancellationToken)
    {
        for (var page = 0; page < PagesAtATime; page++)
        {
            if (configuration.Current.Connections.GetValueOrDefault(name) is not { History: { } history } connection || store.Next(name) is not { } run) return null;
            var now = time.GetUtcNow();
            if (run.DueAt > now) return run.DueAt;
            if (troubles.RestUntil(name) is { } rest && rest > now) return rest;
            if (store.IsInboxFull()) return now + Pause;
            await reader.ReadAsync(connection, history, run, cancellationToken);
        }
        return time.GetUtcNow();
    }
}
