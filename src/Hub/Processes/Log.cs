namespace IntegrationHub.Hub.Processes;

/// <summary>Log messages of the processes on one database: 7100 to 7199.</summary>
internal static partial class Log
{
    [LoggerMessage(7100, LogLevel.Debug, "The beat of this process could not be stored; trying again")]
    public static partial void BeatFailed(ILogger logger, Exception exception);

    [LoggerMessage(7101, LogLevel.Warning, "This process was silent for so long that others have taken over its work; it goes on under a new key")]
    public static partial void DeclaredDead(ILogger logger);

    [LoggerMessage(7102, LogLevel.Warning, "{Count} hub processes have fallen silent; what they held is taken over")]
    public static partial void FoundDead(ILogger logger, int count);

    [LoggerMessage(7103, LogLevel.Warning, "This process could not give back what it holds; it will be taken over")]
    public static partial void NotSignedOff(ILogger logger, Exception exception);
}
