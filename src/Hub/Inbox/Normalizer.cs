using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Bus;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Hydration;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Inbox;

/// <summary>Turns one delivery into contract events on the bus, or settles it with the reason why there are none.</summary>
internal sealed class Normalizer(
    InboxStore inbox, ConfigurationSource configuration, EventPublisher publisher, HydrationStore objects, HydrationService hydration, InFlight inFlight, Failures failures, Signals signals, TimeProvider time, ILogger<Normalizer> logger)
{
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);

    public async Task RunAsync(StoredDelivery delivery, CancellationToken cancellationToken)
    {
        using var span = signals.Normalize(delivery);
        try
        {
            if (!await TryPublishAsync(delivery, cancellationToken)) inFlight.Release(delivery.Id);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The delivery stays in the inbox, and the sweeper brings it back. What fails while all else works is the delivery's own fault.
            // Of a database or a bus that is away somebody else has told.
            span?.SetStatus(ActivityStatusCode.Error);
            if (exception is StorageException or BusException || !publisher.IsConnected)
            {
                failures.GiveBack(delivery.Id);
            }
            else
            {
                Log.DispatchFailed(logger, exception, delivery.Connection, delivery.Id);
                failures.Count(delivery.Id, $"its facts could not be published ({exception.GetType().Name})");
            }
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
                Signals.Told(told.Events.Count);
                if (told.Unread is not null) signals.Settled(delivery.Connection, DeliveryStatus.Quarantined);
                return true;
            case Reading.Settled settled:
                await SettleAsync(delivery, settled.Status, settled.Topic, settled.Reason, cancellationToken);
                return false;
            case Reading.Hinted hinted:
                // What can't be read stays in quarantine; the objects are fetched all the same.
                if (hinted.Unread is { } unread) Log.QuarantinedInPart(logger, delivery.Connection, delivery.Id, unread);
                await HintAsync(delivery, hinted.ToFetch, hinted.Unread is { } why ? (DeliveryStatus.Quarantined, why) : (DeliveryStatus.Hydrating, hinted.Reason), cancellationToken);
                if (hinted.Unread is not null) signals.Settled(delivery.Connection, DeliveryStatus.Quarantined);
                return false;
            case Reading.NotEnabled disabled:
                await SettleAsync(delivery, DeliveryStatus.Quarantined, null, disabled.Reason, cancellationToken);
                return false;
            case Reading.Unreadable unreadable:
                if (unreadable.Fault is { } fault) Log.ConnectorFailed(logger, fault, delivery.Connection, delivery.Id);
                Log.Quarantined(logger, delivery.Connection, delivery.Id, unreadable.Path, unreadable.Problem);
                await SettleAsync(delivery, DeliveryStatus.Quarantined, null, unreadable.Reason, cancellationToken);
                return false;
            default:
                throw new UnreachableException();
        }
    }

    private async Task SettleAsync(StoredDelivery delivery, DeliveryStatus status, string? topic, string reason, CancellationToken cancellationToken)
    {
        await inbox.SettleAsync(delivery.Id, status, topic, reason, cancellationToken);
        signals.Settled(delivery.Connection, status);
    }

    private async Task HintAsync(StoredDelivery delivery, IReadOnlyList<ObjectReference> toFetch, (DeliveryStatus, string)? standing, CancellationToken cancellationToken)
    {
        await objects.HintAsync(delivery, toFetch, standing, cancellationToken);
        Signals.Hinted();
        hydration.Wake(delivery.Connection);
    }
}
