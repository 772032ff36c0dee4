namespace IntegrationHub.Hub.Telemetry;

/// <summary>Log messages of what the hub depends on: 9000 to 9099.</summary>
internal static partial class Log
{
    [LoggerMessage(9000, LogLevel.Error, "{What} is away; what comes in meanwhile is told in the metrics and not line by line")]
    public static partial void WentAway(ILogger logger, string what, Exception? exception);

    [LoggerMessage(9001, LogLevel.Information, "{What} is back after {Seconds} s")]
    public static partial void CameBack(ILogger logger, string what, long seconds);

    [LoggerMessage(9002, LogLevel.Information, "Traces and metrics are sent to {Endpoint}")]
    public static partial void Exporting(ILogger logger, string endpoint);
}
