using IntegrationHub.Contracts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Bench.Record;

/// <summary>What it costs to make one contact of two, to split it again by a decision, and to take the decision back.</summary>
internal sealed class MergeMeasurement : IMeasurement
{
    private const int MaxRounds = 3;
    private static readonly int[] Lengths = [10, 1_000, 10_000];

    public string Name => "record/merge";

    public string About => "merging two contacts with histories of 10, 1,000 and 10,000 events each, and splitting them again";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await using var record = RecordFile.Create(plan, "merge.db");
        var crowd = new Crowd(plan.Seed);
        return
        [
            await MeasureAsync(record, crowd, Math.Min(MaxRounds, plan.Rounds), "Two contacts without orders", crowd.Activity),
            await MeasureAsync(record, crowd, Math.Min(MaxRounds, plan.Rounds), "Two contacts, every tenth event an order", crowd.Event),
        ];
    }

    private static async Task<Table> MeasureAsync(RecordFile record, Crowd crowd, int rounds, string title, Func<long, ContactEvent> next)
    {
        var cases = Lengths.Select(length => new Case(length)).ToList();
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var one in cases) await one.RunAsync(record, crowd, next, isMeasured: round > 0);
        }
        var table = new Table(title, "Events each", "merging, ms", "splitting, ms", "splitting, µs per event", "merging again, ms");
        foreach (var one in cases) table.Add($"{one.Length:#,0}", one.Merge.ToString("#,0.0"), one.Split.ToString("#,0.0"), $"{one.Split.Median * 1000 / (2 * one.Length):#,0}", one.Again.ToString("#,0.0"));
        table.NoteRatio("Merging", cases[0].Merge.Median, cases[^1].Merge.Median);
        return table;
    }

    private sealed class Case(int length)
    {
        public int Length => length;

        public Series Merge { get; } = new();

        public Series Split { get; } = new();

        public Series Again { get; } = new();

        public async Task RunAsync(RecordFile record, Crowd crowd, Func<long, ContactEvent> next, bool isMeasured)
        {
            var (one, other) = (crowd.Next(), crowd.Next());
            await Crowd.TellAsync(record, one, length, next);
            await Crowd.TellAsync(record, other, length, next);
            var tie = crowd.Tie(one, other);
            var nodes = new IdentityRules(RecordFile.Configuration).NodesOf(tie);
            var now = TimeProvider.System.GetUtcNow();
            var decision = new StoredDecision(Guid.CreateVersion7(now), new CannotLink(nodes[0].Name, nodes[1].Name), "bench", null, now, null);
            var (merge, split, again) = (await record.MergeAsync([tie]), await record.DecideAsync(decision), await record.RevokeAsync(decision));
            if (!isMeasured) return;
            Merge.Add(merge.TotalMilliseconds);
            Split.Add(split.TotalMilliseconds);
            Again.Add(again.TotalMilliseconds);
        }
    }
}
