using System.Diagnostics;

namespace IntegrationHub.Bench.Record;

/// <summary>What an event costs in records of different sizes.</summary>
internal sealed class SizeMeasurement : IMeasurement
{
    private const int EventsOfRound = 100 * RecordFile.Batch;

    public string Name => "record/size";

    public string About => "cost per event of a mixed history, by the size of the record";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        var grown = new GrownRecords(plan);
        await grown.GrowAsync(cancellationToken);
        List<Case> cases = [];
        try
        {
            foreach (var contacts in plan.Contacts) cases.Add(new Case(grown.Open(contacts), contacts, plan.Seed));
            for (var round = 0; round <= plan.Rounds; round++)
            {
                foreach (var one in cases) await one.RunAsync(isMeasured: round > 0);
                Progress.Report($"  round {round}: {string.Join(", ", cases.Select(one => one.Latest))}");
            }
            return [TableOf(cases)];
        }
        finally
        {
            foreach (var one in cases) await one.Record.DisposeAsync();
        }
    }

    private static Table TableOf(List<Case> cases)
    {
        var table = new Table("An event, by the size of the record", "Contacts", "Database, MB", "µs per event", "of it merging, µs", "Read, bytes", "Written, bytes");
        foreach (var one in cases)
            table.Add($"{one.Contacts:#,0}", $"{one.Bytes / 1e6:#,0}", $"{one.Whole}", $"{one.Work}", $"{one.Read.Median:#,0}", $"{one.Written.Median:#,0}");
        table.NoteRatio("µs per event", cases[0].Whole.Median, cases[^1].Whole.Median);
        table.NoteRatio("Merging", cases[0].Work.Median, cases[^1].Work.Median);
        return table;
    }

    private sealed class Case(RecordFile record, int contacts, int seed)
    {
        private readonly Mix mix = new(seed);
        private long next = Mix.EventsOf(contacts);

        public RecordFile Record => record;

        public int Contacts => contacts;

        public long Bytes { get; } = record.Bytes;

        public Series Whole { get; } = new();

        public Series Work { get; } = new();

        public Series Read { get; } = new();

        public Series Written { get; } = new();

        public string Latest { get; private set; } = "";

        // The bytes are counted until the checkpoint is over, which another round must not see.
        public async Task RunAsync(bool isMeasured)
        {
            var batches = mix.Items(next, EventsOfRound).Chunk(RecordFile.Batch).ToList();
            next += EventsOfRound;
            var (before, started, work) = (ProcessIo.Now(), Stopwatch.GetTimestamp(), TimeSpan.Zero);
            foreach (var batch in batches) work += await record.MergeAsync(batch);
            var whole = Stopwatch.GetElapsedTime(started);
            await record.SettleAsync();
            var after = ProcessIo.Now();
            Latest = $"{whole.TotalMicroseconds / EventsOfRound:#,0} µs";
            if (!isMeasured) return;
            Whole.Add(whole.TotalMicroseconds / EventsOfRound);
            Work.Add(work.TotalMicroseconds / EventsOfRound);
            Read.Add((double)(after?.Read - before?.Read ?? 0) / EventsOfRound);
            Written.Add((double)(after?.Written - before?.Written ?? 0) / EventsOfRound);
        }
    }
}
