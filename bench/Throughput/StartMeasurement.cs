using System.Diagnostics;
using IntegrationHub.Bench.Record;

namespace IntegrationHub.Bench.Throughput;

/// <summary>How long a hub takes from the start of its process until it is ready, and the memory of one that has nothing to do.</summary>
internal sealed class StartMeasurement : IMeasurement
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    public string Name => "start";

    public string About => "from the start of the process until it is ready, and memory without work, by the size of the record";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        int[] more = GrownRecords.LargeIn(plan) is { } large && large != Ground.Contacts ? [large] : [];
        using var ground = await Ground.PrepareAsync(plan, cancellationToken, more);
        List<Case> cases = [new(0, "2"), new(Ground.Contacts, "2"), .. more.Select(contacts => new Case(contacts, "3"))];
        // The first start reads programs from the disk, and is not measured.
        for (var round = 0; round <= plan.Rounds; round++)
        {
            foreach (var one in cases) await one.RunAsync(ground, isMeasured: round > 0, cancellationToken);
            Progress.Report($"  round {round}: {string.Join(", ", cases.Select(one => one.Latest))}");
        }
        var table = new Table("Start, and memory without work", "Contacts", "Ready after, s", "Wanted, s", $"Memory after {Idle.TotalSeconds} s more, MiB");
        foreach (var one in cases) table.Add($"{one.Contacts:#,0}", one.Ready.ToString("0.00"), $"{one.Wanted} or less", $"{one.Memory}");
        table.Note("From the start of the process until /health/ready answers 200, looked for every 50 ms; with files that the system has in memory, after a clean stop.");
        return [table];
    }

    private sealed class Case(int contacts, string wanted)
    {
        public int Contacts => contacts;

        public string Wanted => wanted;

        public Series Ready { get; } = new();

        public Series Memory { get; } = new();

        public string Latest { get; private set; } = "";

        public async Task RunAsync(Ground ground, bool isMeasured, CancellationToken cancellationToken)
        {
            var folder = Path.Combine(ground.Folder, $"start-{contacts}");
            if (contacts == 0 && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            if (contacts > 0 && !Directory.Exists(folder)) ground.CopyRecordTo(folder, contacts);
            var started = Stopwatch.GetTimestamp();
            await using var hub = await HubProcess.StartAsync(folder, ground.Connectors, cancellationToken);
            var took = Stopwatch.GetElapsedTime(started);
            await Task.Delay(Idle, cancellationToken);
            Latest = $"{took.TotalSeconds:0.00} s, {hub.Memory:0} MiB";
            if (!isMeasured) return;
            Ready.Add(took.TotalSeconds);
            Memory.Add(hub.Memory);
        }
    }
}
