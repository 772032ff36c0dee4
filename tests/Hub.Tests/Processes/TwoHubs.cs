using IntegrationHub.Hub.Tests.Configuration;
using IntegrationHub.Hub.Tests.Vendors;
using IntegrationHub.Servers;
using IntegrationHub.VendorStub;
using TestPostgres = IntegrationHub.Servers.PostgresServer;

namespace IntegrationHub.Hub.Tests.Processes;

/// <summary>Two hubs that are connected to Lumen and share a PostgreSQL database. The first one's line to it can be cut.</summary>
internal sealed class TwoHubs : IAsyncDisposable
{
    private readonly TestPostgres postgres;
    private readonly string name;

    private TwoHubs(TestPostgres postgres, string name, PostgresLine line, VendorServer vendor)
    {
        this.postgres = postgres;
        this.name = name;
        Line = line;
        Vendor = vendor;
    }

    public PostgresLine Line { get; }

    public VendorServer Vendor { get; }

    public ManualTime Time { get; } = new();

    public LumenHub One { get; private set; } = null!;

    public LumenHub Other { get; private set; } = null!;

    public static async Task<TwoHubs> StartAsync(VendorServer vendor, params (string Name, object Settings)[] connections)
    {
        var postgres = await SharedServers.PostgresAsync();
        var name = $"lumen_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var database = await postgres.CreateDatabaseAsync(name);
        var hubs = new TwoHubs(postgres, name, new PostgresLine(database), vendor);
        hubs.One = await LumenHub.StartAsync(vendor, hubs.Time, null, hubs.Line.ConnectionString, connections);
        hubs.Other = await LumenHub.StartAsync(vendor, hubs.Time, hubs.One, database, connections);
        return hubs;
    }

    public async ValueTask DisposeAsync()
    {
        Line.Mend();
        await Other.DisposeAsync();
        await One.DisposeAsync();
        await Line.DisposeAsync();
        await postgres.DropDatabaseAsync(name);
    }
}
