using System.Net.Http.Headers;
using System.Security.Cryptography;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;
using Microsoft.Extensions.Logging.Console;

namespace IntegrationHub.Hub.Cli;

/// <summary>A hub to work through: the running one, or when none runs, one in this process that takes no webhooks.</summary>
internal sealed class HubSession : IAsyncDisposable
{
    private readonly WebApplication? own;

    private HubSession(HttpClient api, WebApplication? own)
    {
        Api = api;
        this.own = own;
    }

    public HttpClient Api { get; }

    /// <summary>Whether the hub ends with this process.</summary>
    public bool IsOwn => own is not null;

    /// <exception cref="Storage.StorageException">No hub answers, and another one holds the data directory.</exception>
    public static async Task<HubSession> OpenAsync(string[] hub, HubOptions options, CancellationToken cancellationToken)
    {
        if (await AnswersAsync(options, cancellationToken)) return new HubSession(HubApi.Client(options), null);
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var app = await Hosting.BuildAsync([.. hub, "--Hub:Urls=http://127.0.0.1:0", $"--Hub:AdminKey={key}"], Quieten);
        try
        {
            await app.StartAsync(cancellationToken);
            var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            client.DefaultRequestHeaders.Add(Actor.Header, Uri.EscapeDataString(CommandUser.Name));
            return new HubSession(client, app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (own is null) return;
        await own.StopAsync();
        await own.DisposeAsync();
    }

    // What the vendor does not give, the verb tells in its own words.
    private static void Quieten(WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static async Task<bool> AnswersAsync(HubOptions options, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri(options.Urls.Split(';')[0].TrimEnd('/') + "/") };
        try
        {
            using var answer = await client.GetAsync(new Uri("health/live", UriKind.Relative), cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
