using IntegrationHub.Connectors;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Ingest;

/// <summary>The ingest capability.</summary>
internal static class IngestSetup
{
    public static void AddIngest(this IServiceCollection services)
    {
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton<SenderChecks>();
        services.AddSingleton<BodyBudget>();
        services.AddSingleton<RefusalCounter>();
        services.AddHostedService<NonceCleaning>();
        services.AddHostedService(provider => provider.GetRequiredService<RefusalCounter>());
    }

    public static void MapIngest(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<WebhookEndpoint>();
        routes.Map("/webhooks/{connection}/{token?}", (HttpContext context, string connection, string? token) => endpoint.HandleAsync(context, connection, token))
            .NeedsNoKey().ExcludeFromDescription();
        // Literal routes of the hub win over this one.
        routes.Map("/{root}/{**rest}", (HttpContext context, string root) => endpoint.HandleRoutedAsync(context, root)).NeedsNoKey().ExcludeFromDescription();
        MapProbes(routes);
    }

    // Some vendors take no address before somebody answers at a path of their own; a connection to be set up is enabled by then.
    private static void MapProbes(IEndpointRouteBuilder routes)
    {
        var configuration = routes.ServiceProvider.GetRequiredService<ConfigurationSource>();
        foreach (var path in routes.ServiceProvider.GetRequiredService<ConnectorCatalog>().All.Select(connector => connector.ProbePath).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            routes.MapPost(path, () => configuration.Current.Connections.Values.Any(connection => connection.Source is not null && connection.Connector.ProbePath == path) ? Results.Ok() : Results.NotFound())
                .NeedsNoKey().ExcludeFromDescription();
        }
    }
}
