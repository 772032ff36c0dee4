using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Api;
using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Hydration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Ingest;
using IntegrationHub.Hub.Jobs;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Processes;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Telemetry;
using IntegrationHub.Hub.Vendors;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub;

/// <summary>Puts the hub together: one Add… and Map… a capability.</summary>
internal static class Hosting
{
    // Who stops the hub kills it after ten seconds: what is not finished by then is given back.
    public static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(8);

    // The framework would watch all folders under the program for a changed appsettings.json, and hear of each write to a database that lies there.
    private const string WatchesNoFolders = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>The hub, ready to be started. It holds its data directory until it is disposed.</summary>
    /// <param name="hubArguments"><c>--Hub:…</c> settings of the command line.</param>
    /// <param name="customize">Further services or other logging, for the demo and tests.</param>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    /// <exception cref="ConfigurationException">The connectors file can't be used.</exception>
    /// <exception cref="StorageException">The data directory or database can't be used.</exception>
    public static async Task<WebApplication> BuildAsync(string[] hubArguments, Action<WebApplicationBuilder>? customize = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. hubArguments, WatchesNoFolders], ContentRootPath = AppContext.BaseDirectory });
        builder.AddHubLogging(builder.Configuration["Hub:LogFormat"]);
        builder.Services.AddTelemetry();
        builder.Services.AddHubConfiguration();
        builder.Services.AddStorage();
        builder.Services.AddProcesses();
        builder.Services.AddVendors();
        builder.Services.AddHydration();
        builder.Services.AddJobs(builder.Configuration);
        builder.Services.AddIngest();
        builder.Services.AddSync();
        builder.Services.AddPrivacy();
        builder.Services.AddBus(HubOptions.BrokerOf(builder.Configuration["Hub:Bus"]));
        // Stopped before the bus, so that no more is sent while it stops.
        builder.Services.AddInbox();
        builder.Services.AddAccess();
        builder.Services.AddApi();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<HubOptions>>(Limit);
        customize?.Invoke(builder);
        var app = builder.Build();
        try
        {
            Open(app);
            await app.Services.GetRequiredService<SharedKeys>().RequireAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static void Limit(KestrelServerOptions kestrel, IOptions<HubOptions> options)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = options.Value.MaxBodyBytes;
        limits.MaxConcurrentConnections = options.Value.MaxConnections;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));
    }

    // Whatever is wrong shows now, before anything listens.
    private static void Open(WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<HubOptions>>().Value;
        app.Services.GetRequiredService<ConfigurationSource>();
        app.Services.GetRequiredService<DataDirectory>();
        app.Services.GetRequiredService<PrivateFiles>().Tighten();
        app.Services.GetRequiredService<IDatabase>();
        app.Services.GetRequiredService<ErasureKey>();
        app.Services.GetRequiredService<EditorSchemas>().Keep();
        foreach (var url in options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) app.Urls.Add(url);
        app.UseTrustedProxies(options);
        app.UseSecurityHeaders();
        app.UseTelemetry();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAccess();
        app.MapIngest();
        app.MapApi();
        app.MapTelemetry();
        app.RequireAccess();
    }
}
