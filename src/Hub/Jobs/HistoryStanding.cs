using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;

namespace IntegrationHub.Hub.Jobs;

/// <summary>How the reconciliation of each connection fares.</summary>
internal sealed class HistoryStanding(HistoryStore store, HistorySchedule schedule, GapReader gaps)
{
    /// <summary>By connection; those without a history are not in it.</summary>
    public async Task<Dictionary<string, ReconciliationStanding>> OfAllAsync(HubConfiguration configuration, CancellationToken cancellationToken)
    {
        Dictionary<string, ReconciliationStanding> found = new(StringComparer.Ordinal);
        foreach (var connection in configuration.Connections.Values.Where(connection => connection.History is not null))
        {
            var runs = store.Latest(connection.Name, DeliveryOrigin.Reconciliation);
            found.Add(connection.Name, new ReconciliationStanding(runs, await schedule.NextAsync(connection.Name, cancellationToken), gaps.Tally(connection.Name)));
        }
        return found;
    }
}

/// <summary>How the reconciliation of a connection fares.</summary>
/// <param name="Runs">The latest run of each stream.</param>
/// <param name="Next">When the next one begins; null when it is switched off.</param>
/// <param name="Tally">Facts of the last days, and how many of them webhooks missed.</param>
internal sealed record ReconciliationStanding(IReadOnlyList<HistoryRun> Runs, DateTimeOffset? Next, (long Facts, long Missed) Tally)
{
    /// <summary>Whether the latest run of a stream ended before its last page, so that somebody has to look.</summary>
    public bool Failed => Runs.Any(run => run.Status == "failed");

    public object ToJson() => new
    {
        last = Runs.Count > 0 && Runs.All(run => run.FinishedAt is not null) ? Runs.Max(run => run.FinishedAt) : null,
        next = Next,
        problems = Runs.Where(run => run.Problem is not null).Select(run => $"{run.Stream}: {run.Problem}"),
        facts = Tally.Facts,
        missed = Tally.Missed,
        driftPercent = GapReport.PercentOf(Tally.Missed, Tally.Facts),
    };
}
