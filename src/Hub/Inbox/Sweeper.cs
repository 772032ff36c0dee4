using IntegrationHub.Hub.Hydration;
using IntegrationHub.Hub.Processes;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Inbox;

/// <summary>Brings open deliveries that nobody works on from disk to the dispatcher, the connections in turn, and gives back what this process can't go on with.</summary>
internal sealed class Sweeper(IDatabase database, InboxStore inbox, Dispatcher dispatcher, InFlight inFlight, Precedence precedence, Failures failures, Roster roster, TimeProvider time, ILogger<Sweeper> logger) : BackgroundService
{
    private const int MaxAtOnce = 128;

    // Of what is behind, while others have work: a moment of the writer.
    private const int MaxBeside = 2;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IntervalWhenShared = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan IntervalWhenFull = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StrayInterval = TimeSpan.FromSeconds(5);

    private readonly Wakeup wakeup = new(time);
    private HashSet<long> strays = [];
    private long straysAt;
    private bool failed;

    /// <summary>A delivery is open that no process holds.</summary>
    public void Wake() => wakeup.Signal();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var rest = Interval;
            try
            {
                await precedence.GiveWayAsync(stoppingToken);
                await SettleAsync(stoppingToken);
                rest = await SweepAsync(stoppingToken);
                failed = false;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (!failed) Log.SweepFailed(logger, exception);
                failed = true;
            }
            await wakeup.WaitAsync(rest, stoppingToken);
        }
    }

    /// <returns>How long nothing is to do.</returns>
    private async Task<TimeSpan> SweepAsync(CancellationToken stoppingToken)
    {
        var (found, isFull) = (0, false);
        var waiting = inbox.ConnectionsWithOpen();
        precedence.NoteAll(waiting);
        foreach (var connection in waiting)
        {
            if (RoomFor(connection) is var room and > 0) found += await SweepAsync(connection, room, stoppingToken);
            else isFull = true;
        }
        return (found, isFull) switch
        {
            ( > 0, _) => precedence.IsClaimed ? IntervalWhenFull : TimeSpan.Zero,
            (_, true) => IntervalWhenFull,
            _ => database.IsShared && inFlight.Count > 0 ? IntervalWhenShared : Interval,
        };
    }

    private int RoomFor(string connection)
    {
        var room = Math.Min(MaxAtOnce, inFlight.RoomFor(connection));
        return precedence.IsClaimed && precedence.IsBehind(connection) ? Math.Min(room, MaxBeside - inFlight.CountOf(connection)) : room;
    }

    private async Task<int> SweepAsync(string connection, int limit, CancellationToken stoppingToken)
    {
        var open = await inbox.ClaimOpenAsync(connection, roster.Key, limit, stoppingToken);
        precedence.Note(connection, isBehind: open.Count == limit);
        List<long> tooMany = [];
        foreach (var delivery in open)
        {
            if (inFlight.Reserve(connection, delivery.Body.Length) is { } place) dispatcher.EnqueueSwept(delivery, place);
            else tooMany.Add(delivery.Id);
        }
        if (tooMany.Count > 0) await inbox.GiveBackAsync(tooMany, stoppingToken);
        return open.Count - tooMany.Count;
    }

    // What other processes have merged, what failed here, and what got lost.
    private async Task SettleAsync(CancellationToken stoppingToken)
    {
        if (database.IsShared && inFlight.Sent() is { Count: > 0 } sent)
        {
            var claimed = inbox.ClaimedBy(roster.Key);
            foreach (var settled in sent.Where(id => !claimed.Contains(id))) inFlight.Release(settled);
        }
        var lost = inFlight.Lost();
        if (lost.Count > 0) Log.MessagesLost(logger, lost.Count);
        foreach (var id in lost) failures.GiveBack(id);
        if (time.GetElapsedTime(straysAt) > StrayInterval) GiveBackStrays();
        await failures.StoreAsync(stoppingToken);
    }

    // A claim may have been stored although its commit seemed to fail. What was not held at two looks running is nobody's.
    private void GiveBackStrays()
    {
        straysAt = time.GetTimestamp();
        var unheld = inbox.ClaimedBy(roster.Key).Except(inFlight.All()).ToHashSet();
        foreach (var id in unheld.Where(strays.Contains)) failures.GiveBack(id);
        strays = unheld;
    }
}
