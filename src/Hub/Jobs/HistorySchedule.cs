using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using Quartz;

namespace IntegrationHub.Hub.Jobs;

/// <summary>The job of each connection that has a history, and when it runs. The file of the schedule can be lost: all of it follows from the configuration and the runs.</summary>
internal sealed class HistorySchedule(ISchedulerFactory schedulers, HistoryStore store, TimeProvider time)
{
    private const string Jobs = "history";

    /// <summary>The trigger that begins the reconciliations of a connection.</summary>
    public static TriggerKey RegularOf(string connection) => new(connection, "reconcile");

    /// <summary>Goes on with a connection's runs at a time; at once when it has passed.</summary>
    public async Task GoOnAsync(string connection, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var trigger = TriggerBuilder.Create(time).WithIdentity(connection, "go-on").ForJob(JobOf(connection)).StartAt(at).Build();
        await (await SchedulerAsync(cancellationToken)).ScheduleTrigger(trigger, TriggerConflict.KeepEarlier, cancellationToken);
    }

    /// <summary>When the next reconciliation of a connection begins; null when none is planned.</summary>
    public async Task<DateTimeOffset?> NextAsync(string connection, CancellationToken cancellationToken) =>
        (await (await SchedulerAsync(cancellationToken)).GetTrigger(RegularOf(connection), cancellationToken))?.NextFireTimeUtc;

    /// <summary>Brings the jobs in step with the configuration.</summary>
    public async Task FollowAsync(HubConfiguration configuration, CancellationToken cancellationToken)
    {
        var scheduler = await SchedulerAsync(cancellationToken);
        var connections = configuration.Connections.Values.Where(connection => connection.History is not null).ToList();
        var names = connections.ConvertAll(connection => connection.Name);
        foreach (var job in (await scheduler.QueryJobs(new JobQuery { Group = GroupMatcher<JobKey>.GroupEquals(Jobs) }, cancellationToken)).Items.Where(job => !names.Contains(job.Key.Name)))
            await scheduler.DeleteJob(job.Key, cancellationToken);
        foreach (var connection in connections)
        {
            await scheduler.AddJob(JobBuilder.Create<HistoryJob>().WithIdentity(JobOf(connection.Name)).StoreDurably().RequestRecovery(store.IsShared).Build(), AddJobOptions.Replacing, cancellationToken);
            await FollowAsync(scheduler, connection, cancellationToken);
        }
        foreach (var (name, due) in store.Open().Where(open => names.Contains(open.Connection))) await GoOnAsync(name, due, cancellationToken);
    }

    // A schedule that is as it should be keeps its next time, also across restarts. One that lies further ahead than it can was made before the clock was set back.
    private async Task FollowAsync(IScheduler scheduler, Connection connection, CancellationToken cancellationToken)
    {
        var key = RegularOf(connection.Name);
        var planned = await scheduler.GetTrigger(key, cancellationToken);
        if (connection.Reconcile.Every is not { } every)
        {
            if (planned is not null) await scheduler.UnscheduleJob(key, cancellationToken);
        }
        else if (planned is not ISimpleTrigger simple || simple.RepeatInterval != every || simple.NextFireTimeUtc > time.GetUtcNow() + every)
        {
            var schedule = SimpleScheduleBuilder.Create().WithInterval(every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount);
            var trigger = TriggerBuilder.Create(time).WithIdentity(key).ForJob(JobOf(connection.Name)).StartAt(First(connection.Name, every)).WithSchedule(schedule).Build();
            await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
        }
    }

    private DateTimeOffset First(string connection, TimeSpan every)
    {
        var now = time.GetUtcNow();
        var last = store.Latest(connection, DeliveryOrigin.Reconciliation).ConvertAll(run => run.StartedAt).DefaultIfEmpty(now).Max();
        var next = (last < now ? last : now) + every;
        return next > now ? next : now;
    }

    private static JobKey JobOf(string connection) => new(connection, Jobs);

    private ValueTask<IScheduler> SchedulerAsync(CancellationToken cancellationToken) => schedulers.GetScheduler(cancellationToken);
}
