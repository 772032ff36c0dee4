using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Tests.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Sync;

/// <summary>In which order, and how much at once, waiting events are merged.</summary>
public sealed class SyncServiceTests
{
    [Fact]
    public async Task What_comes_in_goes_before_what_is_behind_which_is_merged_one_at_a_time_meanwhile()
    {
        await using var line = await Line.StartAsync();
        line.Precedence.Note("typeform", isBehind: true);
        line.Precedence.Arrive("shopify");
        await line.MergeAsync(("typeform", 60), ("shopify", 5));
        // The one that was taken before the others came.
        Assert.Equal(["typeform 1", "shopify 5"], line.Batches.Take(2));
        Assert.All(line.Batches.Skip(2), batch => Assert.Equal("typeform 1", batch));
    }

    [Fact]
    public async Task What_is_behind_is_merged_by_the_batch_when_nothing_else_comes_in()
    {
        await using var line = await Line.StartAsync();
        line.Precedence.Note("typeform", isBehind: true);
        line.Precedence.Arrive("shopify");
        line.Time.Advance(TimeSpan.FromSeconds(1));
        await line.MergeAsync(("typeform", 200), ("shopify", 5));
        Assert.Equal(["typeform 1", "shopify 5", "typeform 128", "typeform 71"], line.Batches);
    }

    [Fact]
    public async Task What_is_behind_has_its_turn_however_much_comes_in()
    {
        await using var line = await Line.StartAsync();
        line.Precedence.Note("typeform", isBehind: true);
        line.Precedence.Arrive("shopify");
        await line.MergeAsync(("typeform", 9), ("shopify", 200));
        Assert.Equal(["typeform 1", "shopify 32", "typeform 1", "shopify 32", "typeform 1", "shopify 32"], line.Batches.Take(6));
    }

    [Fact]
    public async Task What_is_behind_is_merged_in_smaller_batches_while_more_of_it_comes_in()
    {
        await using var line = await Line.StartAsync();
        line.Precedence.Note("typeform", isBehind: true);
        line.Precedence.Arrive("typeform");
        await line.MergeAsync(("typeform", 60));
        Assert.Equal(["typeform 1", "typeform 32", "typeform 27"], line.Batches);
    }

    [Fact]
    public async Task Connections_that_are_not_behind_are_merged_together_in_turn()
    {
        await using var line = await Line.StartAsync();
        line.Precedence.Arrive("shopify");
        await line.MergeAsync(("typeform", 60), ("shopify", 5));
        Assert.Equal(["typeform 1", "shopify 5, typeform 27"], line.Batches.Take(2));
    }

    private static ContactObserved Seen(string connection, int person) => new()
    {
        EventId = EventIds.Of(connection, $"{person}"),
        Connection = connection,
        Connector = "test",
        OccurredAt = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
        Person = new Person { Identifiers = [Identifier.Email($"p{person}@{connection}.example")] },
        Source = new SourceReference { ObjectType = "test", ObjectId = $"{person}" },
    };

    /// <summary>The service by itself, over the database of a hub whose gate the test closes while events come in.</summary>
    private sealed class Line : IAsyncDisposable
    {
        private readonly CancellationTokenSource end = new();
        private readonly TestHub hub;
        private readonly GatedDatabase database;
        private readonly SyncService sync;
        private readonly Task run;

        private Line(TestHub hub)
        {
            this.hub = hub;
            Precedence = new Precedence(hub.App.Services.GetRequiredService<InFlight>(), Time);
            database = new GatedDatabase(hub.Database);
            sync = ActivatorUtilities.CreateInstance<SyncService>(hub.App.Services, Precedence, database);
            run = sync.RunAsync(end.Token);
        }

        public ManualTime Time { get; } = new();

        public Precedence Precedence { get; }

        /// <summary>How many events of which connections were merged together.</summary>
        public List<string> Batches => database.Batches;

        public static async Task<Line> StartAsync() => new(await TestHub.StartAsync());

        public async Task MergeAsync(params (string Connection, int Count)[] lines)
        {
            database.Close();
            List<Task> merging = [];
            foreach (var (connection, count) in lines)
            {
                for (var i = 0; i < count; i++)
                {
                    merging.Add(sync.MergeAsync(new MergeItem(Seen(connection, i), merging.Count, 1), CancellationToken.None));
                    if (merging.Count == 1) await Eventually.HoldsAsync(() => database.IsWaited, "the first one is taken");
                }
            }
            database.Open();
            await Task.WhenAll(merging).WaitAsync(TimeSpan.FromMinutes(1));
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
            end.Dispose();
            sync.Dispose();
            await hub.DisposeAsync();
        }
    }

    /// <summary>A database that lets nobody write while its gate is closed, and notes how many events of which connections each write brings.</summary>
    private sealed class GatedDatabase(IDatabase database) : IDatabase
    {
        private readonly Dictionary<string, long> seen = new(StringComparer.Ordinal);
        private TaskCompletionSource gate = new();
        private volatile bool isWaited;

        public List<string> Batches { get; } = [];

        public bool IsWaited => isWaited;

        public bool IsShared => database.IsShared;

        public void Close() => (gate, isWaited) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);

        public void Open() => gate.SetResult();

        public Task<T> WriteAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken) => database.WriteAsync(work, cancellationToken);

        public async Task<T> WriteRecordAsync<T>(Func<DbSession, T> work, CancellationToken cancellationToken)
        {
            isWaited = true;
            await gate.Task;
            var result = await database.WriteRecordAsync(work, cancellationToken);
            var told = database.Read(session => session.Query("select connection, count(*) from event group by connection order by connection", row => (Connection: row.GetString(0), Count: row.GetInt64(1))));
            Batches.Add(string.Join(", ", told.Select(line => (line.Connection, Count: line.Count - seen.GetValueOrDefault(line.Connection))).Where(line => line.Count > 0).Select(line => $"{line.Connection} {line.Count}")));
            foreach (var (connection, count) in told) seen[connection] = count;
            return result;
        }

        public bool TryHold(string what) => database.TryHold(what);

        public void LetGo(string what) => database.LetGo(what);

        public Task<bool> ScrubAsync(CancellationToken cancellationToken) => database.ScrubAsync(cancellationToken);

        public T Read<T>(Func<DbSession, T> query) => database.Read(query);

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
