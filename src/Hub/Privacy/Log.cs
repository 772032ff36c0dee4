namespace IntegrationHub.Hub.Privacy;

internal static partial class Log
{
    [LoggerMessage(8000, LogLevel.Information, "Erasure {ErasureKey} is finished: {Events} events, {Deliveries} deliveries")]
    public static partial void Finished(ILogger logger, long erasureKey, long events, long deliveries);

    [LoggerMessage(8001, LogLevel.Warning, "Erased bytes are still in the database file, because a reader holds on to them (an export?); trying again")]
    public static partial void StillHeld(ILogger logger);

    [LoggerMessage(8002, LogLevel.Error, "An erasure could not be finished; trying again")]
    public static partial void Failed(ILogger logger, Exception exception);
}
