namespace IntegrationHub.Bench.Record;

/// <summary>What the n-th event of one contact costs.</summary>
internal sealed class LongHistoryMeasurement : IMeasurement
{
    private const int People = 16;
    private const int BatchesOfRound = 4;
    private static readonly int[] Lengths = [0, 99, 999, 9_999];

    public string Name => "record/history";

    public string About => "cost of the 1st, 100th, 1,000th and 10,000th event of a contact";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await using var record = RecordFile.Create(plan, "history.db");
        var crowd = new Crowd(plan.Seed);
        var cases = Lengths.Select(length => (Length: length, Cost: new Series(), People: crowd.Next(People))).ToList();
        foreach (var (length, _, own) in cases)
        {
            foreach (var person in own) await Crowd.TellAsync(record, person, length, crowd.Event);
        }
        for (var round = 0; round <= plan.Rounds; round++)
        {
            foreach (var (length, cost, own) in cases)
            {
                var work = TimeSpan.Zero;
                for (var batch = 0; batch < BatchesOfRound; batch++) work += await record.MergeAsync((length == 0 ? crowd.Next(People) : own).Select(crowd.Event));
                if (round > 0) cost.Add(work.TotalMicroseconds / (People * BatchesOfRound));
            }
        }
        var table = new Table("The n-th event of a contact", "n", "merging, µs per event");
        foreach (var (length, cost, _) in cases) table.Add($"{length + 1:#,0}", $"{cost}");
        table.NoteRatio("Merging", cases[0].Cost.Median, cases[^1].Cost.Median);
        return [table];
    }
}
