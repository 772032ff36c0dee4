using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Processes;

/// <summary>The hub processes that share a database. Each beats while it lives; what a silent one held is freed for the others.</summary>
/// <remarks>A beat is a number that grows, and silence is measured by the clock of the one who listens: clocks that differ or are set do no harm.</remarks>
internal sealed class Roster(IDatabase database, TimeProvider time, ILogger<Roster> logger) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(2);

    // A process that is paused longer finds that others have taken over: its work is then done twice, and counts once.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly Dictionary<long, (long Beat, long HeardAt)> heard = [];
    private readonly CancellationTokenSource stopping = new();
    private Task beating = Task.CompletedTask;
    private long key;
    private long listenedAt;
    private volatile int living = 1;

    /// <summary>The key of this process; claims bear it.</summary>
    public long Key => Volatile.Read(ref key);

    /// <summary>How many processes share the database, this one among them.</summary>
    public int Living => living;

    // Before any other service starts, for they claim.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        beating = BeatAsync(stopping.Token);
    }

    // After all others have stopped: nothing is claimed any more.
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (stopping.IsCancellationRequested) return;
        await stopping.CancelAsync();
        await beating;
        try
        {
            await RemoveAsync([Key], cancellationToken);
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
            Log.NotSignedOff(logger, exception);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => stopping.Dispose();

    // Where nobody else can serve the database, whoever stands in it is dead.
    private async Task EnterAsync(CancellationToken cancellationToken) => Volatile.Write(ref key, await database.WriteAsync(session =>
    {
        if (!database.IsShared) session.Execute("delete from process");
        var entered = session.First("insert into process (beat) values (0) returning process_key", row => row.GetInt64(0));
        InboxStore.FreeOrphans(session);
        return entered;
    }, cancellationToken));

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BeatInterval, time);
        while (true)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                await BeatOnceAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (StorageException exception)
            {
                Log.BeatFailed(logger, exception);
            }
        }
    }

    private async Task BeatOnceAsync(CancellationToken cancellationToken)
    {
        var own = Key;
        if (await database.WriteAsync(session => session.Execute("update process set beat = beat + 1 where process_key = $key", ("$key", own)), cancellationToken) == 0)
        {
            Log.DeclaredDead(logger);
            await EnterAsync(cancellationToken);
        }
        var silent = Listen();
        if (silent.Count > 0) Log.FoundDead(logger, silent.Count);
        // Who was taken for dead and is not claims under its old key until it hears of that; when it dies before, nobody else ends what it left.
        if (silent.Count > 0 || database.Read(InboxStore.HasOrphans)) await RemoveAsync(silent, cancellationToken);
    }

    /// <returns>The processes that have been silent for too long.</returns>
    private List<long> Listen()
    {
        var rows = database.Read(session => session.Query("select process_key, beat from process", row => (Key: row.GetInt64(0), Beat: row.GetInt64(1))));
        var now = time.GetTimestamp();
        // Who could not listen for a while has not heard anybody: they get their time anew.
        if (time.GetElapsedTime(listenedAt, now) > Silence / 2) heard.Clear();
        listenedAt = now;
        foreach (var gone in heard.Keys.Except(rows.Select(row => row.Key)).ToList()) heard.Remove(gone);
        foreach (var (other, beat) in rows)
        {
            if (!heard.TryGetValue(other, out var last) || last.Beat != beat) heard[other] = (beat, now);
        }
        List<long> silent = [.. heard.Where(other => other.Key != Key && time.GetElapsedTime(other.Value.HeardAt, now) > Silence).Select(other => other.Key)];
        living = Math.Max(1, rows.Count - silent.Count);
        return silent;
    }

    private Task RemoveAsync(IReadOnlyList<long> keys, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        foreach (var gone in keys) session.Execute("delete from process where process_key = $key", ("$key", gone));
        return InboxStore.FreeOrphans(session);
    }, cancellationToken);
}
