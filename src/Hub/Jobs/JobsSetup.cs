using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using Quartz;

namespace IntegrationHub.Hub.Jobs;

/// <summary>What runs by the clock: the scheduler, with its own file in the data directory or its own tables in a shared database, and the reading of history.</summary>
internal static class JobsSetup
{
    // A process that ends misses two of these, and the others take up its jobs.
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(5);

    public static void AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<HistoryStore>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<HistoryRequests>();
        services.AddSingleton<HistoryWork>();
        services.AddSingleton<HistorySchedule>();
        services.AddSingleton<GapReader>();
        services.AddSingleton<HistoryStanding>();
        services.AddHostedService<HistoryService>();
        AddScheduler(services, configuration[$"{HubOptions.Section}:{nameof(HubOptions.Database)}"]);
    }

    // A job that is running is told to stop and goes on at the next start.
    private static void AddScheduler(IServiceCollection services, string? database)
    {
        services.AddQuartz(quartz => quartz.UsePersistentStore(store =>
        {
            if (database is null or HubDatabase.Embedded) store.UseSqlite(source => source.DataSourceFactory = provider => SqliteScheduleFile.Open(provider.GetRequiredService<DataDirectory>().Path));
            else Share(store, database);
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
        }));
        services.Configure<QuartzSchedulerOptions>(options => options.ShutdownJobInterruption = ShutdownJobInterruption.Always);
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    // Each schedule runs once over all processes.
    private static void Share(IPersistentStoreBuilder store, string database)
    {
        store.UsePostgres(source => source.DataSourceFactory = _ => PostgresServer.SourceOf(database));
        store.UseClustering(cluster =>
        {
            cluster.CheckinInterval = CheckIn;
            cluster.CheckinMisfireThreshold = CheckIn;
        });
    }
}
