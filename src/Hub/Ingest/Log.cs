namespace IntegrationHub.Hub.Ingest;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "{Count} requests to {Connection} were refused: {Reason}")]
    public static partial void Refused(ILogger logger, int count, string connection, string reason);

    [LoggerMessage(2001, LogLevel.Warning, "The count of refused requests could not be stored; trying again")]
    public static partial void CountNotStored(ILogger logger, Exception exception);
}
