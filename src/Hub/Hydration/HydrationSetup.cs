namespace IntegrationHub.Hub.Hydration;

/// <summary>The hydration capability.</summary>
internal static class HydrationSetup
{
    public static void AddHydration(this IServiceCollection services)
    {
        services.AddSingleton<HydrationStore>();
        services.AddSingleton<HydrationService>();
        services.AddHostedService(provider => provider.GetRequiredService<HydrationService>());
    }
}
