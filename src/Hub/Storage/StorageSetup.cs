using IntegrationHub.Hub.Configuration;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Storage;

/// <summary>The storage capability.</summary>
internal static class StorageSetup
{
    public static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => DataDirectory.Hold(provider.GetRequiredService<IOptions<HubOptions>>().Value.DataDirectory));
        services.AddSingleton<IDatabase>(provider => SqliteDatabase.Open(provider.GetRequiredService<DataDirectory>().Database));
    }
}
