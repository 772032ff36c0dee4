using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>Brings the deliveries of the inbox into the shadow, read again with today's connectors. A delivery that it has read stands in the shadow's inbox, without its body.</summary>
internal sealed class InboxFiller(Shadow shadow, HubConfiguration configuration, TimeProvider time)
{
    private const int Page = 64;

    /// <summary>Reads the settled deliveries that the shadow has not read, and takes over the events of those that can't be read: their body is gone, or their connection is not enabled.</summary>
    /// <returns>How many deliveries and events were taken in.</returns>
    public async Task<int> FillAsync(DbSession live, Action step, CancellationToken cancellationToken)
    {
        var taken = 0;
        for (var page = live.SettledDeliveriesAfter(0, Page); page.Count > 0; page = live.SettledDeliveriesAfter(page[^1], Page))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = shadow.Read(session => page.FindAll(id => !session.HasDelivery(id))).Select(id => Read(live, id)).OfType<ReadDelivery>().ToList();
            if (read.Count > 0) await TakeAsync(read, cancellationToken);
            taken += read.Count;
            page.ForEach(_ => step());
        }
        return taken + await new EventFiller(shadow, configuration, time).FillAsync(live, (session, row, known) => IsAllThereIs(live, session, row, known), (_, _) => { }, () => { }, cancellationToken);
    }

    /// <summary>Whether a live event is told by no delivery any more, although all that told it have been read.</summary>
    public static bool IsGone(DbSession live, DbSession shadow, EventRow row) => live.DeliveriesOf(row.Key).TrueForAll(shadow.HasDelivery);

    private static bool IsAllThereIs(DbSession live, DbSession shadow, EventRow row, EventRow? known) =>
        !shadow.HasDelivery(row.DeliveryId) || (known is null && !IsGone(live, shadow, row));

    private ReadDelivery? Read(DbSession live, long id)
    {
        if (InboxStore.Find(live, id) is not { } stored) return null;
        return Reading.Of(stored, configuration) switch
        {
            Reading.Told { Unread: { } unread } told => Now(DeliveryStatus.Quarantined, null, unread, told.Events),
            Reading.Hinted { Unread: { } unread } => Now(DeliveryStatus.Quarantined, null, unread, []),
            Reading.Told { ToFetch.Count: 0 } told => Now(DeliveryStatus.Done, null, null, told.Events),
            Reading.Told told => Now(DeliveryStatus.Done, null, null, told.Events) with { EndsWithItsObjects = live.EventsToldBy(id).Count > 0 },
            Reading.Hinted => Now(DeliveryStatus.Done, null, null, []) with { EndsWithItsObjects = true },
            Reading.Settled settled => Now(settled.Status, settled.Topic, settled.Reason, []),
            Reading.Unreadable unreadable => Now(DeliveryStatus.Quarantined, null, unreadable.Reason, []),
            _ => null,
        };
        ReadDelivery Now(DeliveryStatus status, string? topic, string? reason, IReadOnlyList<ContactEvent> events) =>
            new(new DeliveryState(id, status, topic, reason), stored.Connection, stored.ReceivedAt, [.. events.Select(contactEvent => AsArrived(live, contactEvent))]);
    }

    // Of several deliveries that tell a fact without a time, the one that came first gave it the time of its arrival. Which one that was is not part of the record.
    private static ContactEvent AsArrived(DbSession live, ContactEvent contactEvent) =>
        contactEvent.TimeBasis is TimeBasis.Arrival && live.FindEvent(contactEvent.EventId) is { } row && EventFiller.TryRead(row) is { TimeBasis: TimeBasis.Arrival } held
            ? contactEvent with { OccurredAt = held.OccurredAt }
            : contactEvent;

    private Task<int> TakeAsync(List<ReadDelivery> deliveries, CancellationToken cancellationToken) => shadow.MergeAsync(
        configuration,
        session => deliveries.ForEach(delivery => Insert(session, delivery)),
        [.. deliveries.SelectMany(delivery => delivery.Events.Select(contactEvent => new MergeItem(contactEvent, delivery.State.Id, delivery.Events.Count) { Unread = delivery.State.Status is DeliveryStatus.Quarantined ? delivery.State.Reason : null }))],
        time, cancellationToken);

    private static void Insert(DbSession session, ReadDelivery delivery)
    {
        var (id, status, topic, reason) = delivery.State;
        session.Execute(
            "insert into inbox (delivery_id, connection, delivery_key, received_at, status, topic, reason) values ($id, $connection, $key, $received, $status, $topic, $reason)",
            ("$id", id), ("$connection", delivery.Connection), ("$key", BitConverter.GetBytes(id)), ("$received", delivery.ReceivedAt.ToDb()),
            ("$status", (int)status), ("$topic", topic), ("$reason", reason));
        if (delivery.EndsWithItsObjects) session.MarkAsEndingWithItsObjects(id, delivery.Connection);
    }

    private sealed record ReadDelivery(DeliveryState State, string Connection, DateTimeOffset ReceivedAt, IReadOnlyList<ContactEvent> Events)
    {
        /// <summary>Whether what it hints at has been fetched is not for this reading to say; what was fetched is a delivery of its own.</summary>
        public bool EndsWithItsObjects { get; init; }
    }
}
