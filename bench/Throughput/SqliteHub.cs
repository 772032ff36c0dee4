using System.Net;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Bench.Throughput;

/// <summary>A hub on its embedded database and in-memory bus, with a record that was grown. Its folder is removed in the end.</summary>
internal sealed class SqliteHub : IServer
{
    private const int LookInterval = 5;

    private readonly string folder;
    private readonly string file;
    private readonly HubProcess hub;
    private readonly DbSession reader;

    private SqliteHub(string folder, string file, HubProcess hub)
    {
        (this.folder, this.file, this.hub) = (folder, file, hub);
        reader = OpenReader();
    }

    public IPEndPoint Address => IPEndPoint.Parse(hub.Address.Authority);

    public IReadOnlyList<int> Processes => [hub.Id];

    public long Events => reader.First("select max(event_key) from event", row => row.GetInt64(0));

    /// <param name="fill">Puts the record where the hub takes it up.</param>
    public static async Task<SqliteHub> StartAsync(string folder, string connectorsFile, Action<string> fill, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        DataDirectory.Create(folder);
        var file = DataDirectory.DatabaseIn(folder);
        fill(file);
        return new SqliteHub(folder, file, await HubProcess.StartAsync(folder, connectorsFile, cancellationToken, $"--Hub:PublicUrl={ConnectorsFile.PublicUrl}"));
    }

    /// <summary>A session of one's own to its database.</summary>
    public DbSession OpenReader() => SqliteDatabase.OpenReader(file);

    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        while (IsAny("select 1 from inbox where status = 0 limit 1")) await Task.Delay(LookInterval, cancellationToken);
        if (IsAny("select 1 from inbox where status in (1, 3, 4) limit 1")) throw new InvalidDataException("A delivery is not in the record: it was ignored, quarantined, or waits for an object.");
    }

    public async ValueTask DisposeAsync()
    {
        reader.Dispose();
        await hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    // By an index: what is looked at so often must cost the hub nothing.
    private bool IsAny(string sql) => reader.First(sql, row => row.GetInt32(0)) == 1;
}
