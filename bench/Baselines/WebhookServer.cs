using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Bench.Throughput;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Bench.Baselines;

/// <summary>Bare Kestrel that takes webhooks of Shopify: reads the body, checks its signature, has it kept, answers.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(ConnectorsFile.ShopSecret);

    private readonly WebApplication app;

    private WebhookServer(WebApplication app) => this.app = app;

    /// <summary>Host and port.</summary>
    public string Address => new Uri(app.Urls.First()).Authority;

    public static async Task<WebhookServer> StartAsync(IKeeper keeper)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = new WebhookServer(builder.Build());
        server.app.Run(context => TakeAsync(context, keeper));
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task TakeAsync(HttpContext context, IKeeper keeper)
    {
        if (context.Request.ContentLength is not { } length)
        {
            context.Response.StatusCode = StatusCodes.Status411LengthRequired;
            return;
        }
        var body = new byte[length];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        if (!IsGenuine(context.Request, body))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        await keeper.KeepAsync(body);
        context.Response.ContentLength = 0;
    }

    // base64 of the HMAC-SHA256 of the body.
    private static bool IsGenuine(HttpRequest request, byte[] body)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Secret, body, expected);
        return Convert.TryFromBase64String(request.Headers["X-Shopify-Hmac-Sha256"].ToString(), given, out var written) && written == given.Length && CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
