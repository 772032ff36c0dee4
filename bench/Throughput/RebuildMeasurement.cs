using IntegrationHub.Bench.Record;
using IntegrationHub.Hub.Rebuilding;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Bench.Throughput;

/// <summary>How fast <c>rebuild</c> works a record out afresh and compares it, from its events and from the deliveries.</summary>
internal sealed class RebuildMeasurement : IMeasurement
{
    private const int Contacts = 20_000;

    public string Name => "rebuild";

    public string About => "how fast a record is worked out afresh and compared, from its events and from its deliveries";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        using var ground = await Ground.PrepareAsync(plan, cancellationToken, Contacts);
        var (grown, sent) = (Path.Combine(ground.Folder, "grown"), Path.Combine(ground.Folder, "sent"));
        ground.CopyRecordTo(grown, Contacts);
        await SendAsync(plan, ground, sent, cancellationToken);
        Case[] cases = [new("a grown record, from its events", grown, "events"), new("orders, from their events", sent, "events"), new("orders, from the deliveries", sent, "inbox")];
        for (var round = 1; round <= plan.Rounds; round++)
        {
            foreach (var one in cases) await one.RunAsync(ground, cancellationToken);
            Progress.Report($"  round {round}: {string.Join(", ", cases.Select(one => one.Latest))}");
        }
        var table = new Table("Rebuilding", "Record", "Contacts", "Events", "Events a second");
        foreach (var one in cases) table.Add(one.Name, $"{one.Contacts:#,0}", $"{one.Events:#,0}", $"{one.Speed}");
        table.Note("The whole run of the verb: its start, the events worked out in a shadow, and all contacts compared.");
        return [table];
    }

    // A record whose deliveries are all there: nothing but a burst.
    private static async Task SendAsync(Plan plan, Ground ground, string folder, CancellationToken cancellationToken)
    {
        await using var hub = await SqliteHub.StartAsync(folder, ground.Connectors, isKept: true, _ => { }, cancellationToken);
        using var driver = await Driver.ConnectAsync(hub.Addresses, plan.Connections, cancellationToken);
        await driver.SendAsync(ground.Orders().Next(plan.Deliveries), cancellationToken);
        await hub.SettleAsync(cancellationToken);
    }

    private sealed class Case(string name, string folder, string source)
    {
        public string Name => name;

        public long Contacts { get; } = Read(folder, reader => reader.CountContacts());

        public long Events { get; } = Read(folder, reader => reader.CountEvents());

        public Series Speed { get; } = new();

        public string Latest { get; private set; } = "";

        public async Task RunAsync(Ground ground, CancellationToken cancellationToken)
        {
            var (output, took) = await HubVerb.RunAsync(folder, ground.Connectors, cancellationToken, "rebuild", "--from", source);
            if (!output.StartsWith("live = rebuilt", StringComparison.Ordinal)) throw new InvalidDataException($"{name}: the rebuilt record is another one. {output}");
            Speed.Add(Events / took.TotalSeconds);
            Latest = $"{Events / took.TotalSeconds:#,0} a second";
        }

        private static long Read(string folder, Func<DbSession, long> query)
        {
            using var reader = SqliteDatabase.OpenReader(DataDirectory.DatabaseIn(folder));
            return query(reader);
        }
    }
}
