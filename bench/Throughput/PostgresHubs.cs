using System.Net;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Bench.Throughput;

/// <summary>Hub processes that share a database of PostgreSQL and a virtual host of RabbitMQ.</summary>
internal sealed class PostgresHubs : IServer
{
    // A look is a round trip, and costs the server what a statement costs.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly List<HubProcess> hubs = [];
    private readonly PostgresHubSettings settings;
    private readonly Func<Task> end;
    private readonly DbSession reader;
    private readonly InboxLook inbox;

    private PostgresHubs(PostgresHubSettings settings, Func<Task> end)
    {
        (this.settings, this.end) = (settings, end);
        reader = HubDatabase.Of(new HubOptions { Database = settings.Database }).OpenReader();
        inbox = new InboxLook(reader, LookInterval);
    }

    public IReadOnlyList<IPEndPoint> Addresses => [.. hubs.Select(hub => IPEndPoint.Parse(hub.Address.Authority))];

    public IReadOnlyList<int> Processes => [.. hubs.Select(hub => hub.Id)];

    public IReadOnlyList<int> Servers => settings.Servers;

    public long Events => inbox.Events;

    /// <param name="end">Removes what they stood on.</param>
    public static async Task<IServer> StartAsync(PostgresHubSettings settings, int processes, Func<Task> end, CancellationToken cancellationToken)
    {
        var started = new PostgresHubs(settings, end);
        try
        {
            for (var i = 0; i < processes; i++) started.hubs.Add(await HubProcess.StartAsync(settings.DataDirectory, settings.ConnectorsFile, cancellationToken, $"--Hub:Database={settings.Database}", $"--Hub:Bus={settings.Bus}"));
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public Task SettleAsync(CancellationToken cancellationToken) => inbox.SettleAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        reader.Dispose();
        foreach (var hub in hubs) await hub.DisposeAsync();
        await end();
    }
}

/// <summary>What hub processes share. Not a record: a record would print the password.</summary>
internal sealed class PostgresHubSettings
{
    public required string DataDirectory { get; init; }

    public required string ConnectorsFile { get; init; }

    /// <summary>Connection string of the database.</summary>
    public required string Database { get; init; }

    /// <summary>Address of the virtual host.</summary>
    public required Uri Bus { get; init; }

    /// <summary>Ids of the processes of both servers, the database's first.</summary>
    public required IReadOnlyList<int> Servers { get; init; }
}
