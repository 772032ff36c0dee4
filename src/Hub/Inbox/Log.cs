namespace IntegrationHub.Hub.Inbox;

internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Warning, "Delivery {DeliveryId} of {Connection} is quarantined: {Path} {Problem}")]
    public static partial void Quarantined(ILogger logger, string connection, long deliveryId, string path, string problem);

    [LoggerMessage(3001, LogLevel.Error, "The connector of {Connection} failed with {Exception} on delivery {DeliveryId}; it is quarantined")]
    public static partial void ConnectorFailed(ILogger logger, string exception, string connection, long deliveryId);

    [LoggerMessage(3002, LogLevel.Warning, "Delivery {DeliveryId} of {Connection} did not get to the bus; it will be tried again")]
    public static partial void DispatchFailed(ILogger logger, Exception exception, string connection, long deliveryId);

    [LoggerMessage(3003, LogLevel.Error, "The inbox could not be swept; trying again")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(3005, LogLevel.Warning, "{Count} deliveries were sent over the bus and nothing was heard of them; they are sent again")]
    public static partial void MessagesLost(ILogger logger, int count);

    [LoggerMessage(3006, LogLevel.Warning, "What was still to be merged could not be given back; it is taken up after a while")]
    public static partial void NotGivenBack(ILogger logger, Exception exception);

    [LoggerMessage(3004, LogLevel.Warning, "Delivery {DeliveryId} of {Connection} is quarantined in part: {Reason}")]
    public static partial void QuarantinedInPart(ILogger logger, string connection, long deliveryId, string reason);
}
