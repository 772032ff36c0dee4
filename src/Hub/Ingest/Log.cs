namespace IntegrationHub.Hub.Ingest;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "{Count} requests to {Connection} were refused: {Reason}")]
    public static partial void Refused(ILogger logger, int count, string connection, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "What was signed long ago could not be forgotten; trying again later")]
    public static partial void NoncesNotCleaned(ILogger logger, Exception exception);

    [LoggerMessage(2002, LogLevel.Warning, "Requests to {Connection} from {Address} fail again and again; they are verified one after the other now")]
    public static partial void Flood(ILogger logger, string connection, string address);

    [LoggerMessage(2001, LogLevel.Debug, "The count of refused requests could not be stored; trying again")]
    public static partial void CountNotStored(ILogger logger, Exception exception);
}
