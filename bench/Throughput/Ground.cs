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

    private readonly HubConfiguration configuration;
    private readonly HubConfiguration mix;

    private Ground(Plan plan, GrownRecords records, string folder, HubConfiguration configuration, HubConfiguration mix) =>
        (this.plan, this.records, Folder, this.configuration, this.mix) = (plan, records, folder, configuration, mix);

    public string Folder { get; }

    public static async Task<Ground> PrepareAsync(Plan plan, CancellationToken cancellationToken)
    {
        var records = new GrownRecords(plan with { Contacts = [Contacts] });
        await records.GrowAsync(cancellationToken);
        var folder = Path.Combine(plan.Directory, "throughput");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return new Ground(plan, records, folder, await ConnectorsFile.WriteAsync(folder, cancellationToken), await ConnectorsFile.WriteMixAsync(folder, cancellationToken));
    }

    public ShopifyOrders Orders() => new(configuration.Connections[ConnectorsFile.Shop], Mix.CustomersOf(Contacts), plan.Seed);

    public TypeformAnswers Answers() => new(configuration.Connections[ConnectorsFile.Forms], Mix.CustomersOf(Contacts), plan.Seed);

    public ToolMix Tools() => new(mix, plan.Seed);

    /// <param name="kind">One of <see cref="BaselineKinds"/>.</param>
    public Contender Baseline(string kind, Payload payload) => new(kind, KeepsRecord: kind == BaselineKinds.Upsert, cancellation =>
        BaselineProcess.StartAsync(new BaselinePlan(kind, payload, Path.Combine(Folder, $"{kind}.db"), Mix.CustomersOf(Contacts), plan.Seed), cancellation));

    /// <summary>A hub on its embedded database.</summary>
    public Contender Hub(Payload payload) => new(HubName, KeepsRecord: true, async cancellation => await StartHubAsync(payload, cancellation));

    /// <inheritdoc cref="Hub"/>
    public Task<SqliteHub> StartHubAsync(Payload payload, CancellationToken cancellationToken) =>
        SqliteHub.StartAsync(Path.Combine(Folder, HubName), (payload is Payload.Mix ? mix : configuration).File, file => records.CopyTo(Contacts, file), cancellationToken);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
