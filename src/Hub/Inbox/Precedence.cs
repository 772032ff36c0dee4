using System.Collections.Concurrent;

namespace IntegrationHub.Hub.Inbox;

/// <summary>What goes first: what has waited for long can wait a moment more, what comes in can't. Says which connections are behind, whether others have work meanwhile, and when all work has to give way to a rush.</summary>
internal sealed class Precedence(InFlight inFlight, TimeProvider time)
{
    private static readonly TimeSpan Recently = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, bool> behind = new(StringComparer.Ordinal);
    private readonly Rush rush = new(inFlight, time);
    private long lastArrival = long.MinValue;
    private long lastOfOthers = long.MinValue;

    /// <summary>Whether nothing has just come in: nobody waits for an answer.</summary>
    public bool IsQuiet => !IsRecent(Volatile.Read(ref lastArrival));

    /// <summary>Whether deliveries of connections that are behind have to give way: something of another one has just come in.</summary>
    public bool IsClaimed => IsRecent(Volatile.Read(ref lastOfOthers));

    /// <summary>Whether more of a connection waits on disk than was fetched at once.</summary>
    public bool IsBehind(string connection) => behind.ContainsKey(connection);

    /// <summary>Says that a delivery has come in.</summary>
    public void Arrive(string connection)
    {
        rush.Arrive();
        var now = time.GetTimestamp();
        Volatile.Write(ref lastArrival, now);
        if (!IsBehind(connection)) Volatile.Write(ref lastOfOthers, now);
    }

    /// <inheritdoc cref="Rush.GiveWayAsync"/>
    public ValueTask GiveWayAsync(CancellationToken cancellationToken) => rush.GiveWayAsync(cancellationToken);

    /// <summary>Says whether a connection is behind.</summary>
    public void Note(string connection, bool isBehind)
    {
        if (isBehind) behind[connection] = true;
        else behind.TryRemove(connection, out _);
    }

    /// <summary>Says of which connections anything waits at all.</summary>
    public void NoteAll(IReadOnlyCollection<string> waiting)
    {
        foreach (var caughtUp in behind.Keys.Except(waiting, StringComparer.Ordinal)) behind.TryRemove(caughtUp, out _);
    }

    private bool IsRecent(long moment) => moment != long.MinValue && time.GetElapsedTime(moment) < Recently;
}
