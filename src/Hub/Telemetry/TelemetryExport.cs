using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>Sends spans and measurements by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says. Without it nothing is set up, and nobody is called.</summary>
/// <remarks>The first service that is started and the last that is stopped, so that the others' last words are sent, too.</remarks>
internal sealed class TelemetryExport(IConfiguration configuration, ILogger<TelemetryExport> logger) : IHostedService, IDisposable
{
    private const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // A collector that is away must not hold up the stop of the hub.
    private const int FlushMilliseconds = 2000;

    private static readonly string[] Meters =
        [Signals.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql"];

    private ActivityListener? exceptions;
    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration[EndpointSetting] is not { Length: > 0 } endpoint) return Task.CompletedTask;
        Log.Exporting(logger, Uri.TryCreate(endpoint, UriKind.Absolute, out var address) ? address.GetComponents(UriComponents.SchemeAndServer, UriFormat.SafeUnescaped) : "an address that is none");
        if (configuration["OTEL_TRACES_EXPORTER"] is not "none")
        {
            exceptions = SpanRedaction.ListenToExceptions();
            traces = Sdk.CreateTracerProviderBuilder().ConfigureServices(Configure).SetResourceBuilder(Resource())
                .AddSource([Signals.Name, .. SpanRedaction.Frameworks]).AddProcessor(new SpanRedaction()).AddOtlpExporter().Build();
        }
        if (configuration["OTEL_METRICS_EXPORTER"] is not "none")
            metrics = Sdk.CreateMeterProviderBuilder().ConfigureServices(Configure).SetResourceBuilder(Resource()).AddMeter(Meters).AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        traces?.Shutdown(FlushMilliseconds);
        metrics?.Shutdown(FlushMilliseconds);
    }, cancellationToken);

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
        exceptions?.Dispose();
    }

    // What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes last, and wins.
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService("integration-hub", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString()).AddTelemetrySdk().AddEnvironmentVariableDetector();

    private void Configure(IServiceCollection services) => services.AddSingleton(configuration);
}
