namespace IntegrationHub.Hub.Sync;

/// <summary>The sync capability.</summary>
internal static class SyncSetup
{
    public static void AddSync(this IServiceCollection services)
    {
        services.AddSingleton<OutboxRelay>();
        services.AddSingleton<SyncService>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxRelay>());
        services.AddHostedService(provider => provider.GetRequiredService<SyncService>());
    }
}
