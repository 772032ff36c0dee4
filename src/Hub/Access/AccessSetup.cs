using IntegrationHub.Hub.Api;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Access;

/// <summary>Who may do what.</summary>
internal static class AccessSetup
{
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton(provider => AdminKey.Open(provider.GetRequiredService<IOptions<HubOptions>>().Value.AdminKey, provider.GetRequiredService<DataDirectory>().Path));
        services.AddSingleton<PrivateFiles>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<AccessGate>();
        services.AddSingleton<KeyEndpoints>();
        services.AddSingleton<AuditFilter>();
        services.AddHostedService<ConfigurationAudit>();
    }

    /// <summary>Puts the gate before the endpoints. They may be mapped later.</summary>
    public static void UseAccess(this WebApplication app)
    {
        var gate = app.Services.GetRequiredService<AccessGate>();
        app.Use(gate.InvokeAsync);
    }

    /// <exception cref="InvalidOperationException">An endpoint does not declare who may call it.</exception>
    public static void RequireAccess(this WebApplication app) =>
        AccessRules.Require(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints));
}
