using System.Collections.Concurrent;

namespace IntegrationHub.Hub.Inbox;

/// <summary>How many deliveries this process holds in memory between the inbox and the record. Past the limit they wait on disk, so that a backlog costs no memory.</summary>
internal sealed class InFlight(TimeProvider time)
{
    private const int Limit = 4096;

    private readonly ConcurrentDictionary<long, DateTimeOffset> held = new();
    private int reserved;

    /// <summary>Places that are free.</summary>
    public int Free => Math.Max(0, Limit - Volatile.Read(ref reserved));

    /// <summary>Takes a place for a delivery that may get an id.</summary>
    public bool TryReserve()
    {
        if (Interlocked.Increment(ref reserved) <= Limit) return true;
        Interlocked.Decrement(ref reserved);
        return false;
    }

    /// <summary>Gives back a place that no delivery took.</summary>
    public void GiveBack() => Interlocked.Decrement(ref reserved);

    /// <summary>Puts a delivery in a reserved place; one that is held already keeps its place.</summary>
    public void Hold(long deliveryId)
    {
        if (!held.TryAdd(deliveryId, time.GetUtcNow() + InboxStore.ClaimTime)) GiveBack();
    }

    /// <summary>Frees the place of a settled or failed delivery.</summary>
    public void Release(long deliveryId)
    {
        if (held.TryRemove(deliveryId, out _)) GiveBack();
    }

    /// <summary>Frees the places of deliveries that nothing was heard of: their message was lost, and the sweeper takes them up again.</summary>
    public void ReleaseExpired()
    {
        var now = time.GetUtcNow();
        foreach (var (id, until) in held)
        {
            if (until < now) Release(id);
        }
    }
}
