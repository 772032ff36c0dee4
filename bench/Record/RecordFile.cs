using System.Collections.Frozen;
using System.Diagnostics;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Bench.Record;

/// <summary>A record in a file of its own, as the hub opens it, without the rest of the hub. The file is removed in the end.</summary>
internal sealed class RecordFile : IAsyncDisposable
{
    /// <summary>How many events the hub merges in one transaction at most.</summary>
    public const int Batch = 32;

    private readonly string file;
    private readonly SqliteDatabase database;
    private Task forgotten = Task.CompletedTask;
    private long deliveries = 1L << 40;

    private RecordFile(string file)
    {
        this.file = file;
        database = SqliteDatabase.Open(file);
    }

    public static HubConfiguration Configuration { get; } = new() { Connections = FrozenDictionary<string, Connection>.Empty, Identity = new IdentitySettings(), File = "" };

    /// <summary>Nobody is ever erased here.</summary>
    public static ErasureKey Key { get; } = new(new byte[32]);

    /// <summary>An empty record.</summary>
    public static RecordFile Create(Plan plan, string name)
    {
        var file = Path.Combine(plan.Directory, name);
        Remove(file);
        return new RecordFile(file);
    }

    /// <summary>A record that is there already.</summary>
    public static RecordFile Open(string file) => new(file);

    public long Bytes => new FileInfo(file).Length;

    /// <summary>Merges a batch as <c>SyncService</c> does; what is to be published counts as published at once, and is forgotten beside the next batch.</summary>
    /// <returns>How long the merging took within the transaction, without the commit.</returns>
    public async Task<TimeSpan> MergeAsync(IReadOnlyList<MergeItem> items)
    {
        var (work, messages) = await database.WriteAsync(session => Timed(() => Merger.Of(session, Configuration, Key, TimeProvider.System).Merge(items)), CancellationToken.None);
        await forgotten;
        forgotten = database.WriteAsync(session => messages.Sum(message => session.Execute("delete from outbox where outbox_key = $key", ("$key", message.Key))), CancellationToken.None);
        return work;
    }

    /// <summary>Merges events that are told by a delivery each.</summary>
    public Task<TimeSpan> MergeAsync(IEnumerable<Contracts.ContactEvent> events) => MergeAsync([.. events.Select(contactEvent => new MergeItem(contactEvent, deliveries++, 1))]);

    /// <returns>How long the work took within the transaction, without the commit.</returns>
    public async Task<TimeSpan> DecideAsync(StoredDecision decision)
    {
        var (work, _) = await database.WriteAsync(
            session => Timed(() => DecisionEffect.Apply(session, Configuration, () => session.InsertDecision(decision), decision, TimeProvider.System)), CancellationToken.None);
        return work;
    }

    /// <returns>How long the work took within the transaction, without the commit.</returns>
    public async Task<TimeSpan> RevokeAsync(StoredDecision decision)
    {
        var (work, _) = await database.WriteAsync(
            session => Timed(() => DecisionEffect.Apply(session, Configuration, () => session.RevokeDecision(decision.Id, decision.MadeAt), decision, TimeProvider.System)), CancellationToken.None);
        return work;
    }

    /// <summary>Waits until nothing is on its way to the disk any more, checkpoints included.</summary>
    public async Task SettleAsync()
    {
        await forgotten;
        await Task.Delay(TimeSpan.FromSeconds(1.2), TimeProvider.System);
        // The hub's checkpoint leaves the last frames to the next commit.
        await database.WriteAsync(session => session.Execute("delete from outbox where outbox_key < 0"), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await forgotten;
        await database.DisposeAsync();
        Remove(file);
    }

    private static (TimeSpan Work, T Result) Timed<T>(Func<T> work)
    {
        var started = Stopwatch.GetTimestamp();
        var result = work();
        return (Stopwatch.GetElapsedTime(started), result);
    }

    private static void Remove(string file)
    {
        foreach (var part in (string[])[file, file + "-wal", file + "-shm"]) File.Delete(part);
    }
}
