using System.Collections.Frozen;
using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using Npgsql;
using Xunit.Abstractions;
using PostgresStop = IntegrationHub.Servers.PostgresStop;
using ServerProcess = IntegrationHub.Servers.PostgresServer;

namespace IntegrationHub.Hub.Tests.Storage;

/// <summary>What every process relies on when several share one PostgreSQL database, and what is said when the server fails.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class PostgresDatabaseTests(ITestOutputHelper output)
{
    private const string Password = "hunter2";

    [Fact]
    public async Task Nothing_is_lost_when_processes_count_on_the_same_row_at_once()
    {
        var connectionString = TestDatabase.CreateEmpty();
        await using var one = PostgresDatabase.Open(connectionString);
        await using var other = PostgresDatabase.Open(connectionString);
        await one.WriteAsync(session => session.Execute("insert into process (beat) values (0)"), CancellationToken.None);
        const int times = 60;
        await Task.WhenAll(Enumerable.Range(0, times).Select(i => (i % 2 == 0 ? one : other).WriteAsync(session =>
        {
            var beat = session.First("select beat from process", row => row.GetInt64(0));
            return session.Execute("update process set beat = $beat", ("$beat", beat + 1));
        }, CancellationToken.None)));
        Assert.Equal(times, one.Read(session => session.First("select beat from process", row => row.GetInt64(0))));
    }

    [Fact]
    public async Task Record_is_changed_by_one_process_at_a_time()
    {
        var connectionString = TestDatabase.CreateEmpty();
        await using var one = PostgresDatabase.Open(connectionString);
        await using var other = PostgresDatabase.Open(connectionString);
        var (inside, together) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : other).WriteRecordAsync(session =>
        {
            if (Interlocked.Increment(ref inside) > 1) Interlocked.Increment(ref together);
            session.Query("select count(*) from node", row => row.GetInt64(0));
            return Interlocked.Decrement(ref inside);
        }, CancellationToken.None)));
        Assert.Equal(0, together);
    }

    [Fact]
    public async Task Work_finds_what_was_committed_before_it_was_asked_for()
    {
        await using var database = PostgresDatabase.Open(TestDatabase.CreateEmpty());
        // What one lane has committed, the other one changes, which is in the middle of others' work.
        var found = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            var changed = 0;
            for (var i = 0; i < 100; i++)
            {
                var key = await database.WriteAsync(session => session.First("insert into process (beat) values (0) returning process_key", row => row.GetInt64(0)), CancellationToken.None);
                changed += await database.WriteAsync(session => session.Execute("update process set beat = 1 where process_key = $key", ("$key", key)), CancellationToken.None);
            }
            return changed;
        }));
        Assert.All(found, changed => Assert.Equal(100, changed));
    }

    [Fact]
    public async Task Work_that_throws_leaves_no_trace_and_harms_no_other()
    {
        await using var database = PostgresDatabase.Open(TestDatabase.CreateEmpty());
        var works = Enumerable.Range(0, 50).Select(i => database.WriteAsync(session =>
        {
            session.Execute("insert into node (name) values ($name)", ("$name", $"n{i}"));
            return i % 7 == 3 ? throw new InvalidDataException("no") : i % 7 == 5 ? session.Execute("insert into node (name) values ($name)", ("$name", $"n{i}")) : i;
        }, CancellationToken.None)).ToList();
        for (var i = 0; i < works.Count; i++)
        {
            if (i % 7 == 3) await Assert.ThrowsAsync<InvalidDataException>(() => works[i]);
            else if (i % 7 == 5) Assert.Equal(PostgresErrorCodes.UniqueViolation, (await Assert.ThrowsAsync<PostgresException>(() => works[i])).SqlState);
            else Assert.Equal(i, await works[i]);
        }
        var expected = Enumerable.Range(0, 50).Where(i => i % 7 is not (3 or 5)).Select(i => $"n{i}").Order(StringComparer.Ordinal);
        Assert.Equal(expected, database.Read(session => session.Query("select name from node order by name", row => row.GetString(0))));
    }

    [Fact]
    public async Task Text_is_stored_sorted_and_found_the_same_on_both_engines()
    {
        string[] names = ["a\0b", "a\ud800b", "Zoë", "zoe", "Ä", "\U0001F600", "ﬀ", "a b", "ab", "A", "_", "é", "e\u0301"];
        var folder = Directory.CreateTempSubdirectory("hub-text-").FullName;
        await using (var sqlite = SqliteDatabase.Open(Path.Combine(folder, "hub.db")))
        await using (var postgres = PostgresDatabase.Open(TestDatabase.CreateEmpty()))
        {
            var stored = new List<List<string>>();
            foreach (var database in (IDatabase[])[sqlite, postgres])
            {
                foreach (var name in names) await database.WriteAsync(session => session.Execute("insert into node (name) values ($name) on conflict do nothing", ("$name", name)), CancellationToken.None);
                stored.Add(database.Read(session => session.Query("select name from node order by name", row => row.GetString(0))));
                Assert.All(names, name => Assert.Equal(1, database.Read(session => session.First("select count(*) from node where name = $name", row => row.GetInt64(0), ("$name", name)))));
                Assert.All(names, name => Assert.Single(database.Read(session => session.Query("select name from node where name in $names", row => row.GetString(0), ("$names", new[] { name })))));
            }
            Assert.Equal(stored[0], stored[1]);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Hub_works_again_as_soon_as_the_server_does()
    {
        await using var server = await ServerProcess.StartAsync(fsync: true);
        await using var database = PostgresDatabase.Open(server.ConnectionString);
        await WriteAsync(database, "first");
        await server.CutConnectionsAsync();
        await WriteAsync(database, "second");
        await server.StopAsync(PostgresStop.Immediate);
        var watch = Stopwatch.StartNew();
        var refused = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(database, "third"));
        Assert.Throws<StorageException>(() => Names(database));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed} to say so.");
        Assert.Contains("Start the server, or mend Host and Port in Hub:Database", refused.Message, StringComparison.Ordinal);
        await server.StartAgainAsync();
        await WriteAsync(database, "fourth");
        Assert.Equal(["first", "fourth", "second"], Names(database));
        Assert.True(database.TryHold("this"));
        await server.CutConnectionsAsync();
        Assert.Throws<StorageException>(() => database.TryHold("this"));
        Assert.True(database.TryHold("this"));
    }

    [Fact]
    public async Task What_one_process_holds_no_other_gets_until_it_lets_go_or_ends()
    {
        var connectionString = TestDatabase.CreateEmpty();
        await using var one = PostgresDatabase.Open(connectionString);
        var other = PostgresDatabase.Open(connectionString);
        Assert.True(other.TryHold("a") && other.TryHold("a") && one.TryHold("b"));
        Assert.False(one.TryHold("a") || other.TryHold("b"));
        other.LetGo("a");
        Assert.True(one.TryHold("a"));
        one.LetGo("a");
        Assert.True(other.TryHold("a"));
        await other.DisposeAsync();
        Assert.True(one.TryHold("a"));
    }

    [Fact]
    public async Task Any_number_of_processes_make_the_tables_at_once()
    {
        var connectionString = TestDatabase.CreateEmpty();
        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => PostgresDatabase.Open(connectionString))));
        foreach (var database in opened)
        {
            await WriteAsync(database, "made");
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Database_of_a_newer_hub_or_of_something_else_is_refused()
    {
        var newer = TestDatabase.CreateEmpty();
        await using (var database = PostgresDatabase.Open(newer)) await database.WriteAsync(session => session.Execute("update schema_version set version = 99"), CancellationToken.None);
        Assert.Contains("is of a newer hub (schema 99", Assert.Throws<StorageException>(() => PostgresDatabase.Open(newer)).Message, StringComparison.Ordinal);
        Assert.Contains("is of a newer hub (schema 99", Assert.Throws<StorageException>(() => Location(newer).OpenReader()).Message, StringComparison.Ordinal);
        var foreign = TestDatabase.CreateEmpty();
        Assert.Contains("Start the hub once", Assert.Throws<StorageException>(() => Location(foreign).OpenReader()).Message, StringComparison.Ordinal);
        using (var session = PostgresServer.OpenAlone(foreign)) session.Execute("create table contact (anything text)");
        Assert.Contains("holds tables of something else", Assert.Throws<StorageException>(() => PostgresDatabase.Open(foreign)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_say_what_to_do_and_never_the_password()
    {
        var real = new NpgsqlConnectionStringBuilder(TestDatabase.CreateEmpty()) { Password = Password };
        var missing = Message(new NpgsqlConnectionStringBuilder(real.ConnectionString) { Database = "not_there" });
        Assert.Contains($"createdb -h {real.Host} -p {real.Port} -U {real.Username} -O {real.Username} not_there", missing, StringComparison.Ordinal);
        var unreachable = Message(new NpgsqlConnectionStringBuilder(real.ConnectionString) { Port = HubProcess.FreePort() });
        Assert.Contains("it can't be reached (ConnectionRefused)", unreachable, StringComparison.Ordinal);
        var stranger = Message(new NpgsqlConnectionStringBuilder(real.ConnectionString) { Username = "nobody" });
        Assert.Contains("it refuses the user \"nobody\"", stranger, StringComparison.Ordinal);
        Assert.All([missing, unreachable, stranger], message => Assert.DoesNotContain(Password, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public async Task Batch_costs_the_same_few_round_trips_however_many_events_it_has(int events)
    {
        const int most = 12;
        await using var database = PostgresDatabase.Open(TestDatabase.CreateEmpty());
        var key = new ErasureKey(new byte[32]);
        var configuration = new HubConfiguration { Connections = FrozenDictionary<string, Connection>.Empty, Identity = new IdentitySettings { Limits = new IdentityLimits() }, File = "" };
        // The second batch concerns people who are known, and one who is not.
        foreach (var first in new[] { 0, 1 })
        {
            var items = Enumerable.Range(first, events).Select(i => new MergeItem(Seen(first, i), i + 1, 1)).ToList();
            var trips = await database.WriteRecordAsync(session =>
            {
                var before = ((PostgresSession)session).RoundTrips;
                Merger.Of(session, configuration, key, TimeProvider.System).Merge(items);
                return ((PostgresSession)session).RoundTrips - before;
            }, CancellationToken.None);
            output.WriteLine($"{trips} round trips for {events} events");
            Assert.InRange(trips, 1, most);
        }
        Assert.Equal(events + 1, database.Read(session => session.First("select count(*) from contact", row => row.GetInt64(0))));
    }

    [Fact]
    public async Task Table_that_was_empty_when_its_plan_was_made_is_not_read_from_end_to_end_when_it_has_grown()
    {
        await using var database = PostgresDatabase.Open(TestDatabase.CreateEmpty());
        await database.WriteAsync(session => session.Execute("analyze process"), CancellationToken.None);
        Assert.Contains("process_pkey", database.Read(session => session.First("explain select beat from process where process_key = $key", row => row.GetString(0), ("$key", 1))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_rows_are_not_gathered_until_they_are_more_than_a_server_takes_at_once()
    {
        await using var database = PostgresDatabase.Open(TestDatabase.CreateEmpty());
        var body = new byte[16 << 20];
        var trips = await database.WriteAsync(session =>
        {
            Insert(session);
            var before = ((PostgresSession)session).RoundTrips;
            for (var i = 0; i < 8; i++) Insert(session);
            return ((PostgresSession)session).RoundTrips - before;
        }, CancellationToken.None);
        // Four at a time.
        Assert.Equal(2, trips);

        void Insert(DbSession session) => session.Insert("outbox_key", "insert into outbox (kind, body) values ($kind, $body)", ("$kind", "large"), ("$body", body));
    }

    [Fact]
    public async Task Hub_with_other_keys_than_the_first_one_is_refused()
    {
        var setting = $"--Hub:Database={TestDatabase.CreateEmpty()}";
        await using var first = await TestHub.StartAsync("{}", settings: setting);
        var folder = Directory.CreateTempSubdirectory("hub-keys-").FullName;
        var refused = await Assert.ThrowsAsync<StorageException>(() => TestHub.StartAsync("{}", folder, settings: setting));
        Assert.StartsWith($"{Path.Combine(folder, "erasure.key")} is not the key that the hubs on the database", refused.Message, StringComparison.Ordinal);
        foreach (var key in new[] { "erasure.key", "token.key" }) File.Copy(Path.Combine(first.DataDirectory, key), Path.Combine(folder, key), overwrite: true);
        await using (var second = await TestHub.StartAsync("{}", folder, settings: setting)) Assert.True((await second.Http.GetAsync("/health/ready")).IsSuccessStatusCode);
        Directory.Delete(folder, recursive: true);
    }

    private static ContactObserved Seen(int batch, int person) => new()
    {
        EventId = EventIds.Of("shop", $"{batch}/{person}"),
        Connection = "shop",
        Connector = "test",
        OccurredAt = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(batch),
        Person = new Person { Identifiers = [Identifier.Customer($"c{person}"), Identifier.Email($"p{person}@shop.example")], FullName = $"Person {person}" },
        Source = new SourceReference { ObjectType = "test", ObjectId = "1" },
    };

    private static HubDatabase Location(string connectionString) => HubDatabase.Of(new HubOptions { Database = connectionString });

    private static string Message(NpgsqlConnectionStringBuilder settings) => Assert.Throws<StorageException>(() => PostgresDatabase.Open(settings.ConnectionString)).Message;

    private static Task<int> WriteAsync(PostgresDatabase database, string name) =>
        database.WriteAsync(session => session.Execute("insert into node (name) values ($name) on conflict do nothing", ("$name", name)), CancellationToken.None);

    private static List<string> Names(PostgresDatabase database) => database.Read(session => session.Query("select name from node order by name", row => row.GetString(0)));
}
