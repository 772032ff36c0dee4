using IntegrationHub.Hub.Storage;
using Quartz;

namespace IntegrationHub.Hub.Jobs;

/// <summary>What runs by the clock: the scheduler, with its own file in the data directory, and the reading of history.</summary>
internal static class JobsSetup
{
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
            store.UseSqlite(source => source.DataSourceFactory = provider => SqliteScheduleFile.Open(provider.GetRequiredService<DataDirectory>().Path));
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
        }));
        services.Configure<QuartzSchedulerOptions>(options => options.ShutdownJobInterruption = ShutdownJobInterruption.Always);
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }
}
