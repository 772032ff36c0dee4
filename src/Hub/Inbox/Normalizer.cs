using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Hydration;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Inbox;

/// <summary>Turns one delivery into contract events on the bus, or settles it with the reason why there are none.</summary>
internal sealed class Normalizer(
    InboxStore inbox, ConfigurationSource configuration, EventPublisher publisher, HydrationStore objects, HydrationService hydration, InFlight inFlight, Failures failures, TimeProvider time, ILogger<Normalizer> logger)
{
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);

    public async Task RunAsync(StoredDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            if (!await TryPublishAsync(delivery, cancellationToken)) inFlight.Release(delivery.Id);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The delivery stays in the inbox, and the sweeper brings it back. What fails while all else works is the delivery's own fault.
            Log.DispatchFailed(logger, exception, delivery.Connection, delivery.Id);
            if (exception is StorageException || !publisher.IsConnected) failures.GiveBack(delivery.Id);
            else failures.Count(delivery.Id, $"its facts could not be published ({exception.GetType().Name})");
            await Task.Delay(RestAfterFailure, time, cancellationToken);
        }
    }

    /// <returns>Whether events are on the bus; otherwise the delivery is settled.</returns>
    private async Task<bool> TryPublishAsync(StoredDelivery delivery, CancellationToken cancellationToken)
    {
        switch (Reading.Of(delivery, configuration.Current))
        {
            case Reading.Told told:
                if (told.ToFetch.Count > 0) await HintAsync(delivery, told.ToFetch, null, cancellationToken);
                if (told.Unread is { } rest) Log.QuarantinedInPart(logger, delivery.Connection, delivery.Id, rest);
                await publisher.PublishAsync(told.Events, delivery.Id, told.Unread, cancellationToken);
                return true;
            case Reading.Settled settled:
                await inbox.SettleAsync(delivery.Id, settled.Status, settled.Topic, settled.Reason, cancellationToken);
                return false;
            case Reading.Hinted hinted:
                await HintAsync(delivery, hinted.ToFetch, hinted.Reason, cancellationToken);
                if (hinted.Unread is { } unread) await QuarantineRestAsync(delivery, unread, cancellationToken);
                return false;
            case Reading.NotEnabled disabled:
                await inbox.SettleAsync(delivery.Id, DeliveryStatus.Quarantined, null, disabled.Reason, cancellationToken);
                return false;
            case Reading.Unreadable unreadable:
                if (unreadable.Fault is { } fault) Log.ConnectorFailed(logger, fault, delivery.Connection, delivery.Id);
                Log.Quarantined(logger, delivery.Connection, delivery.Id, unreadable.Path, unreadable.Problem);
                await inbox.SettleAsync(delivery.Id, DeliveryStatus.Quarantined, null, unreadable.Reason, cancellationToken);
                return false;
            default:
                throw new UnreachableException();
        }
    }

    // The objects are fetched all the same.
    private Task<int> QuarantineRestAsync(StoredDelivery delivery, string reason, CancellationToken cancellationToken)
    {
        Log.QuarantinedInPart(logger, delivery.Connection, delivery.Id, reason);
        return inbox.SettleAsync(delivery.Id, DeliveryStatus.Quarantined, null, reason, cancellationToken);
    }

    private async Task HintAsync(StoredDelivery delivery, IReadOnlyList<ObjectReference> toFetch, string? onlyHints, CancellationToken cancellationToken)
    {
        await objects.HintAsync(delivery, toFetch, onlyHints, cancellationToken);
        hydration.Wake(delivery.Connection);
    }
}
