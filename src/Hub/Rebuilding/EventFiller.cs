using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>Brings stored events into the shadow. What the shadow has already is passed over, so that a stopped run goes on where it was.</summary>
internal sealed class EventFiller(Shadow shadow, HubConfiguration configuration, TimeProvider time)
{
    private const int Page = 256;

    /// <summary>Goes through all live events once.</summary>
    /// <param name="live">Each page is a read of its own, unless the session is inside a transaction.</param>
    /// <param name="takes">Whether a stored event is wanted that the shadow has not, or has with another content.</param>
    /// <param name="prepare">What has to be written before these events are merged.</param>
    /// <returns>How many events were taken in.</returns>
    public async Task<int> FillAsync(DbSession live, Func<DbSession, EventRow, EventRow?, bool> takes, Action<DbSession, List<EventRow>> prepare, Action step, CancellationToken cancellationToken)
    {
        var taken = 0;
        for (var page = live.EventsAfter(0, Page); page.Count > 0; page = live.EventsAfter(page[^1].Key, Page))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = shadow.Read(session => page.FindAll(row => session.FindEvent(row.EventId) is var known && !(known is not null && SameContent(row, known)) && takes(session, row, known)));
            if (wanted.Count > 0) taken += await shadow.MergeAsync(configuration, session => prepare(session, wanted), wanted.ConvertAll(row => new MergeItem(Read(row), row.DeliveryId, 1)), time, cancellationToken);
            page.ForEach(_ => step());
        }
        return taken;
    }

    /// <summary>Whether two stored events say the same; bytes that an older hub wrote may differ.</summary>
    public static bool SameContent(EventRow live, EventRow shadow) =>
        live.Kind == shadow.Kind && (live.Body.AsSpan().SequenceEqual(shadow.Body) || (TryRead(live) is { } told && Merger.Content(told).AsSpan().SequenceEqual(shadow.Body)));

    /// <summary>A stored event; null when it can't be read.</summary>
    public static ContactEvent? TryRead(EventRow row)
    {
        try
        {
            return row.Read();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Has the stored events count, whichever delivery told them: a delivery may replace what it said itself.</summary>
    public static void Claim(DbSession session, List<EventRow> rows)
    {
        foreach (var row in rows)
            session.Execute("update event set delivery_id = $delivery where event_id = $id", ("$delivery", row.DeliveryId), ("$id", row.EventId.ToDb()));
    }

    private static ContactEvent Read(EventRow row) => TryRead(row) ?? throw new StorageException(
        $"The stored event {row.EventId} of delivery {row.DeliveryId} can't be read: it was damaged, or written by a newer hub. Use the newer hub, or have it read again with --from inbox.", new InvalidDataException());
}
