using IntegrationHub.Hub.Storage;
using Microsoft.Data.Sqlite;
using Quartz;

namespace IntegrationHub.Hub.Jobs;

/// <summary>What runs by the clock: the scheduler, with its own file in the data directory, and the reading of history.</summary>
internal static class JobsSetup
{
    /// <summary>The scheduler's file.</summary>
    public const string FileName = "jobs.db";

    public static void AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<HistoryStore>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<HistoryRequests>();
        services.AddSingleton<HistoryWork>();
        services.AddSingleton<HistorySchedule>();
        services.AddSingleton<GapReader>();
        services.AddSingleton<HistoryStanding>();
        services.AddHostedService<HistoryService>();
        AddScheduler(services);
    }

    // A job that is running is told to stop and goes on at the next start.
    private static void AddScheduler(IServiceCollection services)
    {
        services.AddQuartz(quartz => quartz.UsePersistentStore(store =>
        {
            store.UseSqlite(source => source.DataSourceFactory = provider => SqliteFactory.Instance.CreateDataSource(
                new SqliteConnectionStringBuilder { DataSource = Path.Combine(provider.GetRequiredService<DataDirectory>().Path, FileName), Pooling = false }.ToString()));
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
        }));
        services.Configure<QuartzSchedulerOptions>(options => options.ShutdownJobInterruption = ShutdownJobInterruption.Always);
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }
}
