namespace IntegrationHub.Hub.Bus;

/// <summary>Log messages of the bus: 4100 to 4199.</summary>
internal static partial class Log
{
    [LoggerMessage(4100, LogLevel.Error, "Another hub uses the same virtual host of the broker. Its messages are left alone, and each of the two takes some of the other's: both are slow. Give each hub a virtual host of its own in Hub:Bus")]
    public static partial void ForeignMessage(ILogger logger);
}
