using IntegrationHub.Bench.Baselines;
using IntegrationHub.Bench.Record;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Bench.Throughput;

/// <summary>What the servers of a measurement start from: a folder on the disk that is measured, connections, and records that were grown. The folder is removed in the end.</summary>
internal sealed class Ground : IDisposable
{
    /// <summary>How many contacts the record has, where nothing else is said.</summary>
    public const int Contacts = 5_000;

    /// <summary>What the hub is called in tables.</summary>
    public const string HubName = "hub";

    private readonly Plan plan;

    private readonly HubConfiguration configuration;
    private readonly HubConfiguration mix;

    private Ground(Plan plan, string folder, HubConfiguration configuration, HubConfiguration mix) =>
        (this.plan, Folder, this.configuration, this.mix) = (plan, folder, configuration, mix);

    public string Folder { get; }

    /// <summary>The connectors file of orders and answers.</summary>
    public string Connectors => configuration.File;

    /// <param name="more">Sizes of further records, in contacts.</param>
    public static async Task<Ground> PrepareAsync(Plan plan, CancellationToken cancellationToken, params int[] more)
    {
        foreach (var contacts in more.Prepend(Contacts)) await RecordsOf(plan, contacts).GrowAsync(cancellationToken);
        var folder = Path.Combine(plan.Directory, "throughput");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return new Ground(plan, folder, await ConnectorsFile.WriteAsync(folder, cancellationToken), await ConnectorsFile.WriteMixAsync(folder, cancellationToken));
    }

    /// <param name="contacts">Size of the record that they are for.</param>
    public ShopifyOrders Orders(int contacts = Contacts) => new(configuration.Connections[ConnectorsFile.Shop], Mix.CustomersOf(contacts), plan.Seed);

    public TypeformAnswers Answers() => new(configuration.Connections[ConnectorsFile.Forms], Mix.CustomersOf(Contacts), plan.Seed);

    public ToolMix Tools() => new(mix, plan.Seed);

    /// <param name="kind">One of <see cref="BaselineKinds"/>.</param>
    public Contender Baseline(string kind, Payload payload) => new(kind, KeepsRecord: kind == BaselineKinds.Upsert, cancellation =>
        BaselineProcess.StartAsync(new BaselinePlan(kind, payload, Path.Combine(Folder, $"{kind}.db"), Mix.CustomersOf(Contacts), plan.Seed), cancellation));

    /// <summary>A hub on its embedded database.</summary>
    public Contender Hub(Payload payload) => new(HubName, KeepsRecord: true, async cancellation => await StartHubAsync(payload, cancellation));

    /// <inheritdoc cref="Hub"/>
    public Task<SqliteHub> StartHubAsync(Payload payload, CancellationToken cancellationToken) =>
        SqliteHub.StartAsync(Path.Combine(Folder, HubName), (payload is Payload.Mix ? mix : configuration).File, isKept: false, file => RecordsOf(plan, Contacts).CopyTo(Contacts, file), cancellationToken);

    /// <summary>Copies a record into a folder, where a hub or its verbs take it up.</summary>
    public void CopyRecordTo(string folder, int contacts) => RecordsOf(plan, contacts).CopyTo(contacts, DataDirectory.DatabaseIn(DataDirectory.Create(folder)));

    /// <summary>A hub with a large record, which is copied once and gone on with at each start: copying it would take longer than the measurement.</summary>
    public Task<SqliteHub> StartLargeHubAsync(int contacts, CancellationToken cancellationToken) =>
        SqliteHub.StartAsync(Path.Combine(Folder, $"{HubName}-{contacts}"), configuration.File, isKept: true, file => RecordsOf(plan, contacts).CopyTo(contacts, file), cancellationToken);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // Each size for itself: what is there already is not grown again beside one that is not.
    private static GrownRecords RecordsOf(Plan plan, int contacts) => new(plan with { Contacts = [contacts] });
}
