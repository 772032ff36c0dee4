using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Inbox;

/// <summary>Turns one delivery into contract events on the bus, or settles it with the reason why there are none.</summary>
internal sealed class Normalizer(InboxStore inbox, ConfigurationSource configuration, EventPublisher publisher, InFlight inFlight, ILogger<Normalizer> logger)
{
    public async Task RunAsync(StoredDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            if (!await TryPublishAsync(delivery, cancellationToken)) inFlight.Release(delivery.Id);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The delivery stays in the inbox; its claim runs out and the sweeper brings it back.
            inFlight.Release(delivery.Id);
            Log.DispatchFailed(logger, exception, delivery.Connection, delivery.Id);
        }
    }

    /// <returns>Whether events are on the bus; otherwise the delivery is settled.</returns>
    private async Task<bool> TryPublishAsync(StoredDelivery delivery, CancellationToken cancellationToken)
    {
        if (!configuration.Current.Connections.TryGetValue(delivery.Connection, out var connection) || connection.Source is not { } source)
        {
            await inbox.SettleAsync(delivery.Id, DeliveryStatus.Quarantined, null, $"connection '{delivery.Connection}' is not enabled; enable it and replay", cancellationToken);
            return false;
        }
        var webhook = new WebhookDelivery
        {
            Connection = delivery.Connection,
            Connector = connection.Connector.Key,
            Headers = delivery.Headers,
            Body = delivery.Body,
            ReceivedAt = delivery.ReceivedAt,
        };
        switch (Normalize(source, webhook, delivery))
        {
            case Normalization.Events { Facts.Count: > 0 } events:
                await publisher.PublishAsync(webhook.Stamp(events.Facts), delivery.Id, cancellationToken);
                return true;
            case Normalization.Events:
                await inbox.SettleAsync(delivery.Id, DeliveryStatus.Ignored, null, "holds no fact", cancellationToken);
                return false;
            case Normalization.Ignored ignored:
                await inbox.SettleAsync(delivery.Id, DeliveryStatus.Ignored, ignored.Topic, ignored.Reason, cancellationToken);
                return false;
            case Normalization.NeedsHydration hydration:
                await inbox.SettleAsync(delivery.Id, DeliveryStatus.Hydrating, null, $"{hydration.Reference.ObjectType} {hydration.Reference.ObjectId} has to be fetched", cancellationToken);
                return false;
            case Normalization.Invalid invalid:
                Log.Quarantined(logger, delivery.Connection, delivery.Id, invalid.Path, invalid.Problem);
                await inbox.SettleAsync(delivery.Id, DeliveryStatus.Quarantined, null, $"{invalid.Path} {invalid.Problem}", cancellationToken);
                return false;
            default:
                throw new UnreachableException();
        }
    }

    private Normalization Normalize(IWebhookSource source, WebhookDelivery webhook, StoredDelivery delivery)
    {
        try
        {
            return Normalization.Run(source, webhook);
        }
        catch (Exception exception)
        {
            // A connector's own fault must not stop the others: the delivery is kept and can be replayed after the fix.
            Log.ConnectorFailed(logger, exception.GetType().Name, delivery.Connection, delivery.Id);
            return new Normalization.Invalid("$", $"made the connector fail ({exception.GetType().Name})");
        }
    }
}
