using System.Diagnostics;
using IntegrationHub.Hub.Access;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>Traces and metrics: what is told, and to whom.</summary>
internal static class TelemetrySetup
{
    private const string TextFormat = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>To be called before any service that has something to tell is added: it is stopped after them.</summary>
    public static void AddTelemetry(this IServiceCollection services)
    {
        // Addresses of webhooks can hold a secret: traces name the route, and not the path.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", true);
        services.AddSingleton<Signals>();
        services.AddSingleton<QueueDepths>();
        services.AddSingleton<MetricBook>();
        services.AddSingleton<DistributedContextPropagator>(new ClosedPropagator());
        services.AddHostedService<TelemetryExport>();
    }

    /// <summary>To be called before anything else that handles requests.</summary>
    public static void UseTelemetry(this WebApplication app) => app.Use(RequestSpan.InvokeAsync);

    public static void MapTelemetry(this WebApplication app)
    {
        app.Services.GetRequiredService<QueueDepths>();
        var book = app.Services.GetRequiredService<MetricBook>();
        app.MapGet("/metrics", () => Results.Text(book.Write(), TextFormat)).WithSummary("What the hub has counted and measured, in the text format of Prometheus")
            .Needs(Role.Viewer).Produces(200, contentType: "text/plain");
    }
}
