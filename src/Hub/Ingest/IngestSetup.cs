namespace IntegrationHub.Hub.Ingest;

/// <summary>The ingest capability.</summary>
internal static class IngestSetup
{
    public static void AddIngest(this IServiceCollection services)
    {
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton<RefusalCounter>();
        services.AddHostedService(provider => provider.GetRequiredService<RefusalCounter>());
    }

    public static void MapIngest(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<WebhookEndpoint>();
        routes.Map("/webhooks/{connection}/{token?}", (HttpContext context, string connection, string? token) => endpoint.HandleAsync(context, connection, token))
            .ExcludeFromDescription();
        // Literal routes of the hub win over this one.
        routes.Map("/{root}/{**rest}", (HttpContext context, string root) => endpoint.HandleRoutedAsync(context, root)).ExcludeFromDescription();
    }
}
