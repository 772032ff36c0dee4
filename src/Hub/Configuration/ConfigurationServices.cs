using IntegrationHub.Connectors;
using IntegrationHub.Hub.Access;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Configuration;

internal static class ConfigurationServices
{
    /// <summary>Adds <see cref="HubOptions"/>, the connectors file (loaded when first asked for, at the latest when the host starts; errors are fatal then) and its reload.</summary>
    public static IServiceCollection AddHubConfiguration(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ConnectorCatalog.BuiltIn);
        services.AddOptions<HubOptions>().BindConfiguration(HubOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HubOptions>, HubOptionsValidator>();
        services.AddSingleton(provider => new ConfigurationLoader(
            provider.GetRequiredService<ConnectorCatalog>(), new SealedSecrets(provider.GetRequiredService<IOptions<HubOptions>>().Value.DataDirectory).Find));
        services.AddSingleton(provider => new ConfigurationSource(
            provider.GetRequiredService<ConfigurationLoader>(),
            provider.GetRequiredService<IOptions<HubOptions>>().Value.ConnectorsFile,
            provider.GetRequiredService<ILogger<ConfigurationSource>>(),
            provider.GetRequiredService<IOptions<HubOptions>>().Value.DeclarationsFolder));
        services.AddSingleton<EditorSchemas>();
        services.AddHostedService<ConfigurationReload>();
        return services;
    }
}
