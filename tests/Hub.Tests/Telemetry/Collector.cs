using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Hub.Tests.Telemetry;

/// <summary>Takes in what a hub sends by OTLP over HTTP, as a collector would.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<byte[]> traces = new();
    private readonly ConcurrentQueue<byte[]> metrics = new();

    private Collector(WebApplication app) => this.app = app;

    /// <summary>Settings with which a hub sends here, without delay.</summary>
    public string[] Settings =>
        [$"--OTEL_EXPORTER_OTLP_ENDPOINT={app.Urls.First()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "--OTEL_BSP_SCHEDULE_DELAY=50", "--OTEL_BSP_MAX_QUEUE_SIZE=100000", "--OTEL_METRIC_EXPORT_INTERVAL=200"];

    /// <summary>The spans so far.</summary>
    public List<SentSpan> Spans => [.. traces.SelectMany(SentSpan.Read)];

    /// <summary>Every byte of spans and measurements so far, read as text.</summary>
    public string Everything => string.Join('\n', traces.Concat(metrics).Select(Encoding.UTF8.GetString));

    /// <summary>Every byte of measurements so far, read as text.</summary>
    public string Metrics => string.Join('\n', metrics.Select(Encoding.UTF8.GetString));

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector.app.MapPost("/v1/traces", context => TakeAsync(context, collector.traces));
        collector.app.MapPost("/v1/metrics", context => TakeAsync(context, collector.metrics));
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>Waits for a span of the hub.</summary>
    public async Task<SentSpan> SpanAsync(Func<SentSpan, bool> isMeant, string what)
    {
        SentSpan? found = null;
        await Eventually.HoldsAsync(() => (found = Spans.Find(span => isMeant(span))) is not null, what);
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task TakeAsync(HttpContext context, ConcurrentQueue<byte[]> taken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        taken.Enqueue(body.ToArray());
        context.Response.ContentType = "application/x-protobuf";
    }
}
