using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Hydration;

/// <summary>Log messages of hydration: 3500 to 3599.</summary>
internal static partial class Log
{
    [LoggerMessage(3500, LogLevel.Warning, "The lane of {Connection} broke off; it goes on in a moment")]
    public static partial void LaneFailed(ILogger logger, Exception exception, string connection);

    [LoggerMessage(3501, LogLevel.Error, "The connector of {Connection} failed to fetch a {ObjectType}")]
    public static partial void FetchFailed(ILogger logger, Exception exception, string connection, string objectType);

    [LoggerMessage(3502, LogLevel.Information, "{Connection}: a {ObjectType} was not fetched ({Fault}): {Problem}")]
    public static partial void NotFetched(ILogger logger, string connection, string objectType, VendorFault fault, string problem);
}
