namespace IntegrationHub.Hub.Inbox;

/// <summary>The inbox capability.</summary>
internal static class InboxSetup
{
    public static void AddInbox(this IServiceCollection services)
    {
        services.AddSingleton<InboxStore>();
        services.AddSingleton<InFlight>();
        services.AddSingleton<Precedence>();
        services.AddSingleton<Failures>();
        services.AddSingleton<Normalizer>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<Intake>();
        services.AddHostedService(provider => provider.GetRequiredService<Dispatcher>());
        services.AddHostedService(provider => provider.GetRequiredService<Sweeper>());
    }
}
