using System.Diagnostics;
using System.Threading.Channels;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Bench.Record;

/// <summary>Records of the sizes that are asked for. They are grown by the real merger, but past the log and without syncing: getting there is not measured.</summary>
internal sealed class GrownRecords(Plan plan)
{
    private const int EventsAtOnce = 1000;
    private const int EventsInTransaction = 400_000;

    /// <summary>The size of a large record, for who can do without one: growing it takes minutes. The largest that was asked for, or the usual largest where it is there already; null for none.</summary>
    public static int? LargeIn(Plan plan) => plan.AsksForContacts || File.Exists(new GrownRecords(plan).FileOf(plan.Contacts[^1])) ? plan.Contacts[^1] : null;

    private string FileOf(int contacts) => Path.Combine(plan.Directory, $"grown-{contacts}-seed-{plan.Seed}.db");

    /// <summary>Grows what is not there yet.</summary>
    public async Task GrowAsync(CancellationToken cancellationToken)
    {
        if (plan.Contacts.All(contacts => File.Exists(FileOf(contacts)))) return;
        var growing = Path.Combine(plan.Directory, "growing.db");
        File.Delete(growing);
        var from = 0L;
        foreach (var contacts in plan.Contacts)
        {
            var started = Stopwatch.GetTimestamp();
            var to = Mix.EventsOf(contacts);
            await GrowAsync(growing, from, to, cancellationToken);
            if (contacts == plan.Contacts[^1]) File.Move(growing, FileOf(contacts), overwrite: true);
            else File.Copy(growing, FileOf(contacts), overwrite: true);
            Progress.Report($"  grown to {contacts:#,0} contacts in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
            from = to;
        }
    }

    /// <summary>Opens a grown record to go on with: itself, or a copy when it is kept for the next run.</summary>
    public RecordFile Open(int contacts)
    {
        var file = FileOf(contacts);
        if (plan.KeepsGrown)
        {
            File.Copy(file, Path.ChangeExtension(file, ".measured.db"), overwrite: true);
            file = Path.ChangeExtension(file, ".measured.db");
        }
        // What the system still has to write of it would slow down what is measured.
        using (var handle = File.OpenHandle(file, access: FileAccess.ReadWrite)) RandomAccess.FlushToDisk(handle);
        return RecordFile.Open(file);
    }

    /// <summary>Copies a grown record to where a hub takes it up.</summary>
    public void CopyTo(int contacts, string file)
    {
        File.Copy(FileOf(contacts), file);
        using var handle = File.OpenHandle(file, access: FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    private async Task GrowAsync(string file, long from, long to, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        using var session = new SqliteSession(connection);
        session.Query("pragma journal_mode=off", row => row.GetString(0));
        session.Execute("pragma synchronous=off");
        session.Execute("pragma cache_size=-3145728");
        SqliteSchema.Migrate(connection, file);
        var drawn = Channel.CreateBounded<List<MergeItem>>(8);
        var drawing = Task.Run(() => DrawAsync(drawn.Writer, from, to, cancellationToken), cancellationToken);
        var merged = 0L;
        await foreach (var items in drawn.Reader.ReadAllAsync(cancellationToken))
        {
            if (merged % EventsInTransaction == 0) session.Execute("begin");
            Merger.Of(session, RecordFile.Configuration, RecordFile.Key, TimeProvider.System).Merge(items);
            session.Execute("delete from outbox");
            merged += items.Count;
            if (merged % EventsInTransaction != 0 && merged != to - from) continue;
            session.Execute("commit");
            Progress.Report($"  grown by {from + merged:#,0} events");
        }
        await drawing;
    }

    private async Task DrawAsync(ChannelWriter<List<MergeItem>> drawn, long from, long to, CancellationToken cancellationToken)
    {
        var mix = new Mix(plan.Seed);
        for (var next = from; next < to; next += EventsAtOnce)
            await drawn.WriteAsync(mix.Items(next, (int)Math.Min(EventsAtOnce, to - next)), cancellationToken);
        drawn.Complete();
    }
}
