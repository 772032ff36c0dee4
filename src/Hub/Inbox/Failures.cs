using System.Collections.Concurrent;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Inbox;

/// <summary>Deliveries that this process could not go on with. They are given back as soon as the database takes it, with a failed try counted where the delivery itself is to blame.</summary>
internal sealed class Failures(InboxStore inbox, InFlight inFlight, Signals signals)
{
    private readonly ConcurrentQueue<(long DeliveryId, string? Reason)> waiting = new();

    /// <summary>The delivery is sound; something that the hub depends on failed.</summary>
    public void GiveBack(long deliveryId) => Add(deliveryId, null);

    /// <summary>The delivery could not be merged; holds no personal data.</summary>
    public void Count(long deliveryId, string reason) => Add(deliveryId, reason);

    /// <exception cref="StorageException">The database does not take it: try again.</exception>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        while (waiting.TryPeek(out var failure))
        {
            if (failure.Reason is { } reason)
            {
                if (await inbox.RecordFailureAsync(failure.DeliveryId, reason, cancellationToken) is { } connection) signals.Settled(connection, DeliveryStatus.Quarantined);
            }
            else
            {
                await inbox.GiveBackAsync([failure.DeliveryId], cancellationToken);
            }
            waiting.TryDequeue(out _);
        }
    }

    private void Add(long deliveryId, string? reason)
    {
        inFlight.Release(deliveryId);
        waiting.Enqueue((deliveryId, reason));
    }
}
