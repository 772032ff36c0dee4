using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Privacy;

/// <summary>The privacy capability.</summary>
internal static class PrivacySetup
{
    public static void AddPrivacy(this IServiceCollection services)
    {
        services.AddSingleton(provider => ErasureKey.Open(
            provider.GetRequiredService<DataDirectory>().Path, provider.GetRequiredService<IDatabase>().Read(session => session.AnyErasure())));
        services.AddSingleton<SharedKeys>();
        services.AddSingleton<ErasureService>();
        services.AddHostedService<ErasureWorker>();
    }
}
