namespace IntegrationHub.Hub.Processes;

internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Warning, "The beat of this process could not be stored; trying again")]
    public static partial void BeatFailed(ILogger logger, Exception exception);

    [LoggerMessage(7001, LogLevel.Warning, "This process was silent for so long that others have taken over its work; it goes on under a new key")]
    public static partial void DeclaredDead(ILogger logger);

    [LoggerMessage(7002, LogLevel.Warning, "{Count} hub processes have fallen silent; what they held is taken over")]
    public static partial void FoundDead(ILogger logger, int count);

    [LoggerMessage(7003, LogLevel.Warning, "This process could not give back what it holds; it will be taken over")]
    public static partial void NotSignedOff(ILogger logger, Exception exception);
}
