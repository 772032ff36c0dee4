using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Telemetry;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Storage;

/// <summary>The storage capability.</summary>
internal static class StorageSetup
{
    public static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => HubDatabase.Of(provider.GetRequiredService<IOptions<HubOptions>>().Value));
        services.AddSingleton(provider => DataDirectory.Hold(
            provider.GetRequiredService<IOptions<HubOptions>>().Value.DataDirectory, isShared: provider.GetRequiredService<HubDatabase>().IsShared));
        services.AddSingleton<WriteDoubt>();
        services.AddSingleton(Open);
    }

    // The data directory first: who holds it may open the file in it.
    private static IDatabase Open(IServiceProvider provider)
    {
        provider.GetRequiredService<DataDirectory>();
        return ActivatorUtilities.CreateInstance<MeasuredDatabase>(provider, provider.GetRequiredService<HubDatabase>().Open());
    }
}
