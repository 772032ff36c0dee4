using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Servers;
using PostgresServer = IntegrationHub.Servers.PostgresServer;

namespace IntegrationHub.CrashHarness;

/// <summary>PostgreSQL, with everything on disk that was committed, and RabbitMQ: two processes with one data directory, where their keys are.</summary>
internal sealed class PostgresEngine : Engine
{
    private const string Name = "hub";

    private readonly string folder;
    private readonly string connectorsFile;
    private readonly string connectionString;
    private readonly Uri bus;

    private PostgresEngine(string folder, string connectorsFile, PostgresServer database, string connectionString, RabbitServer broker, Uri bus) =>
        (this.folder, this.connectorsFile, Database, this.connectionString, Broker, this.bus) = (folder, connectorsFile, database, connectionString, broker, bus);

    public PostgresServer Database { get; }

    public RabbitServer Broker { get; }

    public override int Processes => 2;

    /// <exception cref="InvalidOperationException">A server is not installed, or does not start.</exception>
    public static async Task<PostgresEngine> StartAsync(ServerFolder folder, string connectorsFile)
    {
        var (database, broker) = (PostgresServer.StartAsync(fsync: true), RabbitServer.StartAsync());
        await Task.WhenAll(database, broker);
        return new PostgresEngine(folder.Path, connectorsFile, await database, await (await database).CreateDatabaseAsync(Name), await broker, await (await broker).CreateVirtualHostAsync(Name));
    }

    public override IReadOnlyList<string> Settings =>
        [$"--Hub:DataDirectory={Path.Combine(folder, "data")}", $"--Hub:ConnectorsFile={connectorsFile}", $"--Hub:Database={connectionString}", $"--Hub:Bus={bus}"];

    protected override HubDatabase Stored => HubDatabase.Of(new HubOptions { Database = connectionString });

    public override async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
