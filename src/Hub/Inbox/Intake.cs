using IntegrationHub.Hub.Processes;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Inbox;

/// <summary>Takes verified deliveries in: onto the disk first, then straight on to the dispatcher while there is room in memory.</summary>
internal sealed class Intake(InboxStore inbox, Dispatcher dispatcher, InFlight inFlight, Precedence precedence, Roster roster)
{
    /// <summary>Stores a delivery and hands it over. When the task completes, the delivery is on disk and may be acknowledged.</summary>
    /// <exception cref="StorageException">It is not stored, or nobody knows: it has to be sent again.</exception>
    public async Task<AppendOutcome> TakeAsync(NewDelivery delivery, CancellationToken cancellationToken)
    {
        precedence.Arrive(delivery.Connection);
        var place = inFlight.Reserve(delivery.Connection, delivery.Body.Length);
        try
        {
            var outcome = await inbox.AppendAsync(delivery, place is null ? null : roster.Key, cancellationToken);
            if (outcome is AppendOutcome.Accepted accepted && place is not null)
            {
                dispatcher.Enqueue(new StoredDelivery(accepted.Id, delivery.Connection, delivery.ReceivedAt, delivery.Headers, delivery.Body) { Trace = delivery.Trace }, place);
                place = null;
            }
            return outcome;
        }
        finally
        {
            place?.Dispose();
        }
    }
}
