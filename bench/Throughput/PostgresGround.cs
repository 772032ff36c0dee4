using IntegrationHub.Bench.Baselines;
using IntegrationHub.Bench.Record;
using IntegrationHub.Servers;
using Npgsql;

namespace IntegrationHub.Bench.Throughput;

/// <summary>A server of PostgreSQL, with a database that holds the grown record to be copied from, and one of RabbitMQ. Both are gone in the end.</summary>
internal sealed class PostgresGround : IAsyncDisposable
{
    private const string Grown = "grown";
    private const string Plain = "plain";

    private readonly Ground ground;
    private readonly Plan plan;
    private readonly PostgresServer database;
    private readonly RabbitServer broker;

    private PostgresGround(Ground ground, Plan plan, PostgresServer database, RabbitServer broker) =>
        (this.ground, this.plan, this.database, this.broker) = (ground, plan, database, broker);

    private string DataDirectory => Path.Combine(ground.Folder, "shared");

    /// <summary>Starts both, with nothing in them.</summary>
    /// <exception cref="InvalidOperationException">A server is not installed, or does not start; the message says what to do.</exception>
    public static async Task<PostgresGround> StartAsync(Ground ground, Plan plan)
    {
        var database = await PostgresServer.StartAsync(fsync: true);
        try
        {
            return new PostgresGround(ground, plan, database, await RabbitServer.StartAsync());
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Brings the record over as a hub moves: by the verb.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        ground.CopyRecordTo(DataDirectory, Ground.Contacts);
        var target = await database.CreateDatabaseAsync(Grown);
        await HubVerb.RunAsync(DataDirectory, ground.Connectors, cancellationToken, "migrate", "--to", target);
        // The server's planner has to know what it holds, as it does after a day of use.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(target) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("vacuum (analyze)", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Hubs on one database and one bus.</summary>
    public Contender Hubs(string name, int processes) => new(name, KeepsRecord: true, async cancellation =>
    {
        await database.DropDatabaseAsync(name);
        return await PostgresHubs.StartAsync(new PostgresHubSettings
        {
            DataDirectory = DataDirectory,
            ConnectorsFile = ground.Connectors,
            Database = await database.CreateDatabaseAsync(name, Grown),
            Bus = await broker.CreateVirtualHostAsync(name),
            Servers = [database.ProcessId, broker.ProcessId],
        }, processes, () => EndAsync(name), cancellation);
    });

    public Contender Upsert(string name) => new(name, KeepsRecord: true, async cancellation =>
    {
        await database.DropDatabaseAsync(Plain);
        var baseline = new BaselinePlan(BaselineKinds.UpsertOnPostgres, Payload.Orders, await database.CreateDatabaseAsync(Plain), Mix.CustomersOf(Ground.Contacts), plan.Seed);
        return await BaselineProcess.StartAsync(baseline, cancellation, database.ProcessId);
    });

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await broker.DisposeAsync();
    }

    private async Task EndAsync(string name)
    {
        await database.DropDatabaseAsync(name);
        await broker.DeleteVirtualHostAsync(name);
    }
}
