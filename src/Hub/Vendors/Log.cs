namespace IntegrationHub.Hub.Vendors;

/// <summary>Log messages of the vendors' APIs: 3600 to 3699.</summary>
internal static partial class Log
{
    [LoggerMessage(3600, LogLevel.Warning, "The vendor of {Connection} has failed many times in a row; nobody calls it for {Break}")]
    public static partial void CircuitOpened(ILogger logger, string connection, TimeSpan @break);

    [LoggerMessage(3601, LogLevel.Information, "The vendor of {Connection} answers again")]
    public static partial void CircuitClosed(ILogger logger, string connection);
}
