using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>The log: where it goes, in which format, and what it may tell.</summary>
internal static class LogSetup
{
    // The lowest of all settings: Logging:LogLevel of the environment comes before it.
    private static readonly Dictionary<string, string?> UsualLevels = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "None",
        ["Logging:LogLevel:Quartz"] = "Warning",
        // A broker that is away is told by the hub, once.
        ["Logging:LogLevel:MassTransit"] = "Error",
        // What a consumer could not do, the sync service has said once for the whole batch.
        ["Logging:LogLevel:MassTransit.ReceiveTransport"] = "None",
    };

    /// <param name="format"><c>Hub:LogFormat</c>.</param>
    public static void AddHubLogging(this WebApplicationBuilder builder, string? format)
    {
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = UsualLevels });
        builder.Logging.ClearProviders();
        if (format == "json") builder.Logging.AddJsonConsole(Json);
        else builder.Logging.AddSimpleConsole(Plain);
        builder.Services.AddSingleton<LoggerFactory>();
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new CarefulLoggers(provider.GetRequiredService<LoggerFactory>())));
    }

    private static void Plain(SimpleConsoleFormatterOptions console)
    {
        console.SingleLine = true;
        console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        console.UseUtcTimestamp = true;
    }

    // Scopes hold the ids of trace and span.
    private static void Json(JsonConsoleFormatterOptions console)
    {
        console.IncludeScopes = true;
        console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        console.UseUtcTimestamp = true;
    }
}
