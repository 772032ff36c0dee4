using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>Finds the deliveries that read otherwise today, and writes what they say today.</summary>
internal static class DeliveryComparison
{
    /// <summary>Deliveries whose status, reason or facts differ, with their status now and then.</summary>
    public static IEnumerable<(long Id, DeliveryStatus Now, DeliveryStatus Then)> Find(DbSession live, DbSession shadow)
    {
        foreach (var then in shadow.DeliveryStates())
        {
            if (live.FindDelivery(then.Id) is not { Status: not DeliveryStatus.Received } now) continue;
            var stands = shadow.EndsWithItsObjects(then.Id) ? now.Status : then.Status;
            var isSame = shadow.EndsWithItsObjects(then.Id) || IsSame(now, then);
            if (!isSame || !live.EventsToldBy(then.Id).SequenceEqual(shadow.EventsToldBy(then.Id))) yield return (then.Id, now.Status, stands);
        }
    }

    /// <summary>Writes the shadow's word on a delivery into the live inbox, unless it is just being read there.</summary>
    public static void Apply(DbSession live, DbSession shadow, long id)
    {
        if (shadow.FindDelivery(id) is not { } then || live.FindDelivery(id) is not { Status: not DeliveryStatus.Received }) return;
        var told = shadow.EventsToldBy(id);
        foreach (var untold in live.EventsToldBy(id).Except(told).Select(live.FindEvent).OfType<EventRow>()) live.UnlinkDelivery(id, untold.Key);
        foreach (var row in told.Select(live.FindEvent).OfType<EventRow>()) live.LinkDelivery(id, row.Key);
        if (shadow.EndsWithItsObjects(id)) return;
        live.Execute("update inbox set status = $status, topic = coalesce($topic, topic), reason = $reason where delivery_id = $id",
            ("$status", (int)then.Status), ("$topic", then.Topic), ("$reason", then.Reason), ("$id", id));
    }

    private static bool IsSame(DeliveryState now, DeliveryState then) =>
        now.Status == then.Status && now.Reason == then.Reason && (then.Topic is null || now.Topic == then.Topic);
}
