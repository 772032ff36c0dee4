using IntegrationHub.Hub.Privacy;

namespace IntegrationHub.Hub.Bus;

/// <summary>Tells the messages of this hub, of whichever of its processes, from those of another hub that was given the same virtual host by mistake. Two businesses must not get into one record.</summary>
internal sealed class BusIdentity(ErasureKey key, TimeProvider time, ILogger<BusIdentity> logger)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private long toldAt = long.MinValue;

    /// <summary>The same for all processes of a hub, which share their keys.</summary>
    public string Hub { get; } = Convert.ToHexStringLower(key.Fingerprint);

    /// <summary>Whether a message is this hub's, or of something that is no hub.</summary>
    /// <param name="hub">What the message says of where it comes from; null for nothing.</param>
    public bool IsOurs(string? hub)
    {
        if (hub is null || hub == Hub) return true;
        var told = Interlocked.Read(ref toldAt);
        if (told == long.MinValue || time.GetElapsedTime(told) > LogInterval)
        {
            Interlocked.Exchange(ref toldAt, time.GetTimestamp());
            Log.ForeignMessage(logger);
        }
        return false;
    }
}
