using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Api;

/// <summary>The REST API.</summary>
internal static class ApiSetup
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ContactEndpoints>();
        services.AddSingleton<ExplainEndpoints>();
        services.AddSingleton<DecisionService>();
        services.AddSingleton<DecisionEndpoints>();
        services.AddSingleton<DeliveryEndpoints>();
        services.AddSingleton<ConnectionEndpoints>();
        services.AddSingleton<AuthorizeEndpoints>();
        services.AddSingleton<HistoryEndpoints>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<PrivacyEndpoints>();
        services.AddProblemDetails();
        services.AddOpenApi();
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").AddEndpointFilter(new ErasedContactFilter(app.Services.GetRequiredService<IDatabase>())).AddEndpointFilter(app.Services.GetRequiredService<AuditFilter>());
        app.Services.GetRequiredService<ContactEndpoints>().Map(api);
        app.Services.GetRequiredService<ExplainEndpoints>().Map(api);
        app.Services.GetRequiredService<DecisionEndpoints>().Map(api);
        app.Services.GetRequiredService<DeliveryEndpoints>().Map(api);
        app.Services.GetRequiredService<ConnectionEndpoints>().Map(api);
        app.Services.GetRequiredService<AuthorizeEndpoints>().Map(api, app);
        app.Services.GetRequiredService<HistoryEndpoints>().Map(api);
        app.Services.GetRequiredService<PrivacyEndpoints>().Map(api);
        app.Services.GetRequiredService<KeyEndpoints>().Map(api);
        app.Services.GetRequiredService<HealthEndpoints>().Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").Needs(Role.Viewer);
    }
}
