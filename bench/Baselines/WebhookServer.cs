using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Bench.Baselines;

/// <summary>Bare Kestrel that takes webhooks: reads the body, checks its signature, has it kept, answers.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookServer(WebApplication app) => this.app = app;

    /// <summary>Host and port.</summary>
    public string Address => new Uri(app.Urls.First()).Authority;

    public static async Task<WebhookServer> StartAsync(IKeeper keeper, PlainProof proof)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = new WebhookServer(builder.Build());
        server.app.Run(context => TakeAsync(context, keeper, proof));
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task TakeAsync(HttpContext context, IKeeper keeper, PlainProof proof)
    {
        if (context.Request.ContentLength is not { } length)
        {
            context.Response.StatusCode = StatusCodes.Status411LengthRequired;
            return;
        }
        var body = new byte[length];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        if (!proof.Proves(context.Request.Headers[proof.Header].ToString(), body))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        await keeper.KeepAsync(body);
        context.Response.ContentLength = 0;
    }
}
