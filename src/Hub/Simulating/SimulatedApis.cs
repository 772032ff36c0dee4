using System.Diagnostics.CodeAnalysis;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Simulating;

/// <summary>Serves the APIs of simulated vendors, each below its connector's key: <c>/{connector}/…</c>.</summary>
internal sealed class SimulatedApis : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TimeProvider time;
    private long lastAsked;

    private SimulatedApis(WebApplication app, TimeProvider time)
    {
        this.app = app;
        this.time = time;
        lastAsked = time.GetTimestamp();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>How long nothing has been asked.</summary>
    public TimeSpan Quiet => time.GetElapsedTime(Volatile.Read(ref lastAsked));

    /// <param name="address">Where to listen; port 0 takes a free one.</param>
    /// <param name="simulations">What is simulated, by connector.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "Disposed with this.")]
    public static async Task<SimulatedApis> StartAsync(Uri address, IReadOnlyDictionary<string, Simulation> simulations, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.GetLeftPart(UriPartial.Authority));
        var apis = new SimulatedApis(builder.Build(), time);
        apis.app.Map("/{connector}/{**path}", (HttpContext context, string connector, string? path) => apis.AnswerAsync(context, connector, path ?? "", simulations));
        await apis.app.StartAsync(cancellationToken);
        return apis;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context, string connector, string path, IReadOnlyDictionary<string, Simulation> simulations)
    {
        Volatile.Write(ref lastAsked, time.GetTimestamp());
        var answer = SimulatedAnswer.NotFound;
        if (simulations.TryGetValue(connector, out var simulation) && ConnectorCatalog.BuiltIn.Simulator(connector) is IApiSimulator simulator)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var query = context.Request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value[^1] ?? "", StringComparer.Ordinal);
            answer = simulator.Answer(simulation, new SimulatedCall(context.Request.Method, "/" + path, query, body.ToArray()));
        }
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.Json, context.RequestAborted);
    }
}
