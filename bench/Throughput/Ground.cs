using IntegrationHub.Bench.Baselines;
using IntegrationHub.Bench.Record;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Bench.Throughput;

/// <summary>What the servers of a measurement start from: a folder on the disk that is measured, connections, and a record that was grown. The folder is removed in the end.</summary>
internal sealed class Ground : IDisposable
{
    /// <summary>How many contacts the record has.</summary>
    public const int Contacts = 5_000;

    /// <summary>What the hub is called in tables.</summary>
    public const string HubName = "hub";

    private readonly Plan plan;
    private readonly GrownRecords records;

    private Ground(Plan plan, GrownRecords records, string folder, HubConfiguration configuration) =>
        (this.plan, this.records, Folder, Configuration) = (plan, records, folder, configuration);

    public string Folder { get; }

    public HubConfiguration Configuration { get; }

    /// <summary>A hub on its embedded database.</summary>
    public Contender Hub => new(HubName, KeepsRecord: true, async cancellation => await StartHubAsync(cancellation));

    public static async Task<Ground> PrepareAsync(Plan plan, CancellationToken cancellationToken)
    {
        var records = new GrownRecords(plan with { Contacts = [Contacts] });
        await records.GrowAsync(cancellationToken);
        var folder = Path.Combine(plan.Directory, "throughput");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return new Ground(plan, records, folder, await ConnectorsFile.WriteAsync(folder, cancellationToken));
    }

    public ShopifyOrders Orders() => new(Configuration.Connections[ConnectorsFile.Shop], Mix.CustomersOf(Contacts), plan.Seed);

    /// <param name="kind">One of <see cref="BaselineKinds"/>.</param>
    public Contender Baseline(string kind) => new(kind, KeepsRecord: kind == BaselineKinds.Upsert, cancellation =>
        BaselineProcess.StartAsync(new BaselinePlan(kind, Path.Combine(Folder, $"{kind}.db"), Mix.CustomersOf(Contacts), plan.Seed), cancellation));

    public Task<SqliteHub> StartHubAsync(CancellationToken cancellationToken) =>
        SqliteHub.StartAsync(Path.Combine(Folder, HubName), Configuration.File, file => records.CopyTo(Contacts, file), cancellationToken);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
