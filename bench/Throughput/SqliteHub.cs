using System.Net;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Bench.Throughput;

/// <summary>A hub on its embedded database and in-memory bus, with a record that was grown.</summary>
internal sealed class SqliteHub : IServer
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);

    private readonly string folder;
    private readonly bool isKept;
    private readonly HubProcess hub;
    private readonly DbSession reader;
    private readonly InboxLook inbox;

    private SqliteHub(string folder, bool isKept, HubProcess hub)
    {
        (this.folder, this.isKept, this.hub) = (folder, isKept, hub);
        reader = OpenReader();
        inbox = new InboxLook(reader, LookInterval);
    }

    public IReadOnlyList<IPEndPoint> Addresses => [IPEndPoint.Parse(hub.Address.Authority)];

    public IReadOnlyList<int> Processes => [hub.Id];

    public IReadOnlyList<int> Servers => [];

    public long Events => inbox.Events;

    /// <summary>How many deliveries are not in the record yet.</summary>
    public long Open => inbox.Open;

    /// <summary>Memory that it holds now, in MiB.</summary>
    public double Memory => hub.Memory;

    /// <param name="isKept">Whether the folder stays in the end, for the next start to go on with what is in it; otherwise each start is afresh.</param>
    /// <param name="fill">Puts the record where the hub takes it up.</param>
    public static async Task<SqliteHub> StartAsync(string folder, string connectorsFile, bool isKept, Action<string> fill, CancellationToken cancellationToken)
    {
        if (!isKept && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        if (!Directory.Exists(folder)) fill(DataDirectory.DatabaseIn(DataDirectory.Create(folder)));
        return new SqliteHub(folder, isKept, await HubProcess.StartAsync(folder, connectorsFile, cancellationToken, $"--Hub:PublicUrl={ConnectorsFile.PublicUrl}"));
    }

    /// <summary>A session of one's own to its database.</summary>
    public DbSession OpenReader() => SqliteDatabase.OpenReader(DataDirectory.DatabaseIn(folder));

    public Task SettleAsync(CancellationToken cancellationToken) => inbox.SettleAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        reader.Dispose();
        await hub.DisposeAsync();
        if (!isKept) Directory.Delete(folder, recursive: true);
    }
}
