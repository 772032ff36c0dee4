using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Vendors;

/// <summary>Log messages of the vendors' APIs: 3600 to 3699.</summary>
internal static partial class Log
{
    [LoggerMessage(3600, LogLevel.Warning, "The vendor of {Connection} has failed many times in a row; nobody calls it for {Break}")]
    public static partial void CircuitOpened(ILogger logger, string connection, TimeSpan @break);

    [LoggerMessage(3601, LogLevel.Information, "The vendor of {Connection} answers again")]
    public static partial void CircuitClosed(ILogger logger, string connection);

    [LoggerMessage(3602, LogLevel.Debug, "Renewed the access token of {Connection} in {Milliseconds} ms")]
    public static partial void TokenRenewed(ILogger logger, string connection, long milliseconds);

    [LoggerMessage(3603, LogLevel.Information, "The access token of {Connection} could not be renewed ahead of its end ({Fault}); trying again")]
    public static partial void TokenNotRenewed(ILogger logger, string connection, VendorFault fault);

    [LoggerMessage(3604, LogLevel.Information, "{Connection} was granted access by its vendor")]
    public static partial void Granted(ILogger logger, string connection);
}
