namespace IntegrationHub.Hub.Sync;

internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Error, "Event {EventId} of delivery {DeliveryId} of {Connection} could not be merged")]
    public static partial void MergeFailed(ILogger logger, Exception exception, string connection, long deliveryId, Guid eventId);

    [LoggerMessage(4003, LogLevel.Debug, "{Count} events could not be stored; their deliveries will be tried again")]
    public static partial void BatchNotStored(ILogger logger, Exception exception, int count);

    [LoggerMessage(4010, LogLevel.Debug, "The outbox could not be looked through for what other processes left; trying again")]
    public static partial void OutboxNotRead(ILogger logger, Exception exception);

    [LoggerMessage(4011, LogLevel.Warning, "Message {Key} of the outbox is none that this hub knows; it stays there for one that does")]
    public static partial void MessageNotKnown(ILogger logger, Exception exception, long key);
}
