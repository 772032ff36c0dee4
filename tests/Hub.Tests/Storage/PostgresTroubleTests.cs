using System.Diagnostics;
using System.Net;
using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Ingest;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Servers;
using Npgsql;
using Xunit.Abstractions;
using TestPostgres = IntegrationHub.Servers.PostgresServer;

namespace IntegrationHub.Hub.Tests.Storage;

/// <summary>A server that can't store, or can't say that it did: nothing is acknowledged that is not stored, the hub says what is wrong, and goes on by itself.</summary>
[Trait(TestDatabase.Engine, TestDatabase.Own)]
public sealed class PostgresTroubleTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Count = 60;
    private const int Before = 15;
    private static readonly Lazy<Task<string>> Calm = new(CalmAsync);

    private readonly string name = $"trouble_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
    private TestPostgres postgres = null!;

    public async Task InitializeAsync() => postgres = await SharedServers.PostgresAsync();

    public Task DisposeAsync() => postgres.DropDatabaseAsync(name);

    [Fact]
    public async Task Full_disk_of_the_server_loses_nothing()
    {
        await using var disk = Environment.GetEnvironmentVariable("HUB_TEST_POSTGRES") is { Length: > 0 } ? null : await SmallDisk.MountAsync(64 << 20, "postgres");
        if (disk is null)
        {
            await RunAsync(await postgres.CreateDatabaseAsync(name), FailLikeAFullDiskAsync, FailNoLongerAsync, mayAccept: true);
            return;
        }
        await ExecuteAsync(postgres.ConnectionString, $"create tablespace {name} location '{disk.Path}'");
        await ExecuteAsync(postgres.ConnectionString, $"create database {name} template template0 tablespace {name}");
        await RunAsync(postgres.ConnectionStringOf(name), Done(disk.Fill), Done(disk.MakeRoom), mayAccept: true);
        await postgres.DropDatabaseAsync(name);
        await ExecuteAsync(postgres.ConnectionString, $"drop tablespace {name}");
    }

    [Fact]
    public async Task Server_that_takes_no_writes_for_a_while_loses_nothing() =>
        await RunAsync(await postgres.CreateDatabaseAsync(name), () => SetReadOnlyAsync("on"), () => SetReadOnlyAsync("off"), mayAccept: false);

    [Fact]
    public async Task Delivery_whose_commit_nobody_heard_of_is_neither_lost_nor_counted_twice()
    {
        var direct = await postgres.CreateDatabaseAsync(name);
        await using var line = new PostgresLine(direct);
        var refused = await RunAsync(line.ConnectionString, Done(() => line.LosesCommits = true), Done(() => line.LosesCommits = false), mayAccept: false);
        Assert.NotEqual(0, line.LostCommits);
        // They were stored although nobody could say so.
        Assert.All(refused, status => Assert.Equal(WebhookAnswers.Duplicate, status));
    }

    /// <returns>What each delivery that was not acknowledged during the trouble was told when it came again.</returns>
    private async Task<List<string>> RunAsync(string connectionString, Func<Task> begin, Func<Task> end, bool mayAccept)
    {
        await using var hub = await TestHub.StartAsync(settings: $"--Hub:Database={connectionString}");
        var deliveries = hub.Plan(Count, people: 20, seed: 5).Deliveries().ToList();
        Assert.All(await SendAsync(hub, deliveries.Take(Before)), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        // Whoever asks has asked before: what readiness counts has its place already.
        await Eventually.HoldsAsync(() => Health(hub) == (HttpStatusCode.OK, "ok", "ok"), "the hub is ready");
        await begin();
        var troubled = await SendAsync(hub, deliveries.Skip(Before));
        Assert.Contains(troubled, answer => answer.Status is HttpStatusCode.ServiceUnavailable);
        Assert.All(troubled, answer => Assert.True(answer is { Status: HttpStatusCode.ServiceUnavailable, RetriesAfter: not null } || (mayAccept && answer.Status is HttpStatusCode.OK), answer.ToString()));
        await Eventually.HoldsAsync(() => Health(hub) == (HttpStatusCode.ServiceUnavailable, "can't be written", "ok"), "the hub says that its database can't be written");
        await end();
        var watch = Stopwatch.StartNew();
        await Eventually.HoldsAsync(() => Health(hub) == (HttpStatusCode.OK, "ok", "ok"), "the hub is ready again");
        var again = await SendAsync(hub, deliveries.Skip(Before));
        Assert.All(again, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(again.Zip(troubled).Where(pair => pair.Second.Status is HttpStatusCode.OK), pair => Assert.Equal(WebhookAnswers.Duplicate, pair.First.Told));
        await hub.SettleAsync();
        output.WriteLine($"Settled {watch.Elapsed.TotalSeconds:F1} s after the end of it");
        Assert.Equal(Count, hub.Database.Read(session => session.First("select count(*) from inbox", row => row.GetInt64(0))));
        Assert.Equal(await Calm.Value, hub.CanonicalExport());
        return [.. again.Zip(troubled).Where(pair => pair.Second.Status is not HttpStatusCode.OK).Select(pair => pair.First.Told!)];
    }

    private static async Task<string> CalmAsync()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.SimulateAsync(hub.Plan(Count, people: 20, seed: 5));
        return hub.CanonicalExport();
    }

    private static async Task<List<Answer>> SendAsync(TestHub hub, IEnumerable<(Connection Connection, SimulatedDelivery Delivery)> deliveries) => [.. await Task.WhenAll(deliveries.Select(async delivery =>
    {
        var headers = new Dictionary<string, string>(delivery.Delivery.Headers, StringComparer.OrdinalIgnoreCase);
        using var answer = await hub.PostAsync(delivery.Connection.Name, delivery.Delivery.Body.ToArray(), headers, delivery.Delivery.Query);
        return new Answer(answer.IsSuccessStatusCode ? HttpStatusCode.OK : answer.StatusCode, answer.Headers.RetryAfter?.Delta, answer.Headers.TryGetValues(WebhookAnswers.StatusHeader, out var told) ? told.Single() : null);
    }))];

    private static (HttpStatusCode Status, string? Database, string? Bus) Health(TestHub hub)
    {
        using var answer = hub.Http.GetAsync("/health/ready").GetAwaiter().GetResult();
        var told = JsonDocument.Parse(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()).RootElement.GetProperty("dependencies");
        return (answer.StatusCode, told.GetProperty("database").GetString(), told.GetProperty("bus").GetString());
    }

    // As when the primary becomes a standby: connections are closed, and new ones can only read.
    private async Task SetReadOnlyAsync(string value)
    {
        await ExecuteAsync(postgres.ConnectionString, $"alter database {name} set default_transaction_read_only = {value}");
        await ExecuteAsync(postgres.ConnectionString, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
    }

    // Where no disk can be mounted the server says the same of what deliveries are made of, as long as it is told to.
    private async Task FailLikeAFullDiskAsync()
    {
        await ExecuteAsync(postgres.ConnectionStringOf(name), "create function fail() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$");
        await ExecuteAsync(postgres.ConnectionStringOf(name), "create trigger fail before insert on inbox_body for each row execute function fail()");
    }

    private Task FailNoLongerAsync() => ExecuteAsync(postgres.ConnectionStringOf(name), "drop trigger fail on inbox_body");

    private static Func<Task> Done(Action what) => () =>
    {
        what();
        return Task.CompletedTask;
    };

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <param name="Status">200 for any success.</param>
    /// <param name="Told">Accepted or duplicate; null when it is neither.</param>
    private sealed record Answer(HttpStatusCode Status, TimeSpan? RetriesAfter, string? Told);
}
