using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Jobs;

/// <summary>Log messages of jobs: 6000 to 6999.</summary>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Debug, "{Connection}: {Purpose} of {Stream}, page {Page}, {Objects} objects")]
    public static partial void PageRead(ILogger logger, string connection, string purpose, string stream, long page, int objects);

    [LoggerMessage(6001, LogLevel.Warning, "{Connection}: {Purpose} of {Stream}, page {Page} was not read ({Fault}): {Problem}")]
    public static partial void NotRead(ILogger logger, string connection, string purpose, string stream, long page, VendorFault fault, string problem);

    [LoggerMessage(6002, LogLevel.Error, "The connector of {Connection} failed to read {Stream}")]
    public static partial void ConnectorFailed(ILogger logger, Exception exception, string connection, string stream);

    [LoggerMessage(6003, LogLevel.Debug, "The history of {Connection} could not be stored; it goes on in a moment")]
    public static partial void NotStored(ILogger logger, Exception exception, string connection);

    [LoggerMessage(6004, LogLevel.Error, "The schedule could not be brought in step with the configuration; trying again")]
    public static partial void NotScheduled(ILogger logger, Exception exception);
}
