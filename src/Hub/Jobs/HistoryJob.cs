using IntegrationHub.Hub.Storage;
using Quartz;

namespace IntegrationHub.Hub.Jobs;

/// <summary>Reads one connection's vendor: begins a reconciliation when the schedule says so, and goes on with whatever is under way. What has to wait is scheduled again.</summary>
[DisallowConcurrentExecution]
internal sealed class HistoryJob(HistoryRequests requests, HistoryWork work, HistorySchedule schedule, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<HistoryJob> logger) : IJob
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // The scheduler stops the jobs that run when it looks; one that begins just then is not among them.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await ExecuteAsync(context, stopping.Token);
    }

    private async Task ExecuteAsync(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var connection = context.JobDetail.Key.Name;
        // Another process began with it and has ended since.
        var trigger = context.Recovering ? context.RecoveringTriggerKey : context.Trigger.Key;
        try
        {
            if (trigger is not null && trigger.Equals(HistorySchedule.RegularOf(connection))) await requests.ReconcileAsync(connection, cancellationToken);
            if (await work.GoOnAsync(connection, cancellationToken) is { } next) await schedule.GoOnAsync(connection, next, cancellationToken);
        }
        catch (StorageException exception)
        {
            Log.NotStored(logger, exception, connection);
            await schedule.GoOnAsync(connection, time.GetUtcNow() + Moment, cancellationToken);
        }
    }
}
