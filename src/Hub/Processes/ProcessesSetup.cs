namespace IntegrationHub.Hub.Processes;

/// <summary>What several hub processes on one database need to know of each other.</summary>
internal static class ProcessesSetup
{
    public static void AddProcesses(this IServiceCollection services)
    {
        services.AddSingleton<Roster>();
        services.AddHostedService(provider => provider.GetRequiredService<Roster>());
    }
}
