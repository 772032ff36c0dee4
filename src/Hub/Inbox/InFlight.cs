using System.Collections.Concurrent;

namespace IntegrationHub.Hub.Inbox;

/// <summary>What this process holds in memory between the inbox and the record. Past the limits deliveries wait on disk, so that a backlog costs no memory.</summary>
internal sealed class InFlight(TimeProvider time) : IDisposable
{
    private const int Limit = 4096;
    private const int LimitOfConnection = Limit / 4;
    private const long LimitOfBytes = 64 << 20;

    /// <summary>How many deliveries may be on the bus at once. What waits before it is taken in turns; on it, first come is first served.</summary>
    private const int Window = 192;

    // A bus that lives settles within this time what was sent first, or what was sent this much later has not come through either.
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Overtaking = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, Held> held = new();
    private readonly ConcurrentDictionary<string, int> ofConnections = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim window = new(Window);
    private int places;
    private long bytes;
    private long lastRelease;
    private long latestSettled;

    /// <summary>How many deliveries are held.</summary>
    public int Count => held.Count;

    /// <summary>How many places are taken, by those that may get an id, too.</summary>
    public int Places => Volatile.Read(ref places);

    /// <summary>How many places a connection takes.</summary>
    public int CountOf(string connection) => ofConnections.GetValueOrDefault(connection);

    /// <summary>How many places each connection takes.</summary>
    public List<(string Connection, long Count)> OfConnections() => [.. ofConnections.Select(line => (line.Key, (long)line.Value))];

    /// <summary>Takes a place for a delivery that may get an id; null when there is none for this connection.</summary>
    /// <param name="size">Bytes of its body.</param>
    public Place? Reserve(string connection, int size)
    {
        var place = new Place(this, connection, size);
        var isFree = Interlocked.Increment(ref places) <= Limit & Interlocked.Add(ref bytes, size) <= LimitOfBytes
            & ofConnections.AddOrUpdate(connection, 1, (_, count) => count + 1) <= LimitOfConnection;
        if (isFree) return place;
        place.Dispose();
        return null;
    }

    /// <summary>How many more deliveries of a connection may be fetched from disk. Most of its places stay free for what comes in meanwhile, and what is fetched long before its turn only grows old in memory.</summary>
    public int RoomFor(string connection) => Volatile.Read(ref bytes) > LimitOfBytes / 2
        ? 0
        : Math.Min((Limit / 2) - Places, (LimitOfConnection / 4) - CountOf(connection));

    /// <summary>Puts a delivery in its place; one that is held already keeps the place that it has.</summary>
    /// <returns>Whether it was not held yet.</returns>
    public bool Hold(long deliveryId, Place place)
    {
        if (held.TryAdd(deliveryId, new Held(place))) return true;
        place.Dispose();
        return false;
    }

    /// <summary>Waits until another delivery may go on the bus.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => window.WaitAsync(cancellationToken);

    /// <summary>Gives up what <see cref="EnterAsync"/> allowed.</summary>
    public void Leave() => window.Release();

    /// <summary>Says that a delivery that entered is on the bus: it leaves when it is released.</summary>
    public void Send(long deliveryId)
    {
        if (!held.TryGetValue(deliveryId, out var delivery) || !delivery.TrySend(time.GetTimestamp())) Leave();
    }

    /// <summary>Frees the place of a settled or failed delivery.</summary>
    public void Release(long deliveryId)
    {
        if (!held.TryRemove(deliveryId, out var delivery)) return;
        delivery.Place.Dispose();
        Volatile.Write(ref lastRelease, time.GetTimestamp());
        if (delivery.SentAt is not { } sent) return;
        if (sent > Volatile.Read(ref latestSettled)) Volatile.Write(ref latestSettled, sent);
        Leave();
    }

    /// <summary>Deliveries on the bus that nothing was heard of for so long that their message must be lost: others that were sent later have been settled, or none has.</summary>
    public List<long> Lost()
    {
        var now = time.GetTimestamp();
        var isStill = time.GetElapsedTime(Volatile.Read(ref lastRelease), now) > LostAfter;
        var settled = Volatile.Read(ref latestSettled);
        return [.. held.Where(delivery => delivery.Value.SentAt is { } sent && time.GetElapsedTime(sent, now) > LostAfter && (isStill || time.GetElapsedTime(sent, settled) > Overtaking))
            .Select(delivery => delivery.Key)];
    }

    /// <summary>Deliveries on the bus.</summary>
    public List<long> Sent() => [.. held.Where(delivery => delivery.Value.WasSent).Select(delivery => delivery.Key)];

    /// <summary>Deliveries held.</summary>
    public List<long> All() => [.. held.Keys];

    public void Dispose() => window.Dispose();

    private void Free(Place place)
    {
        Interlocked.Decrement(ref places);
        Interlocked.Add(ref bytes, -place.Size);
        ofConnections.AddOrUpdate(place.Connection, 0, (_, count) => count - 1);
    }

    /// <summary>Room for one delivery; given back when disposed.</summary>
    internal sealed class Place(InFlight owner, string connection, int size) : IDisposable
    {
        private int freed;

        public string Connection => connection;

        public int Size => size;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref freed, 1) == 0) owner.Free(this);
        }
    }

    private sealed class Held(Place place)
    {
        private long sentAt;

        public Place Place => place;

        public bool WasSent => Volatile.Read(ref sentAt) != 0;

        public long? SentAt => Volatile.Read(ref sentAt) is not 0 and var at ? at : null;

        public bool TrySend(long now) => Interlocked.CompareExchange(ref sentAt, Math.Max(1, now), 0) == 0;
    }
}
