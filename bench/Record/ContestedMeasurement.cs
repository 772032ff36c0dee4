using IntegrationHub.Contracts;

namespace IntegrationHub.Bench.Record;

/// <summary>What it costs to work out a group of contacts afresh, because a tie among them is refused.</summary>
internal sealed class ContestedMeasurement : IMeasurement
{
    private static readonly int[] Lengths = [100, 1_000, 10_000];

    public string Name => "record/contested";

    public string About => "one more event for a contested group of 100, 1,000 and 10,000 events, and working it out afresh";

    public async Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await using var record = RecordFile.Create(plan, "contested.db");
        var crowd = new Crowd(plan.Seed);
        return
        [
            await MeasureAsync(record, crowd, plan.Rounds, "A contested group: six customers with one address", length => OneAddress(crowd, length)),
            await MeasureAsync(record, crowd, plan.Rounds, "A contested group: a customer for each ten events, tied to the next by an address", length => Chain(crowd, length)),
        ];
    }

    private static async Task<Table> MeasureAsync(RecordFile record, Crowd crowd, int rounds, string title, Func<int, List<ContactEvent>> group)
    {
        var cases = Lengths.Select(length => new Case(group(length))).ToList();
        foreach (var one in cases) await record.MergeAsync(one.Events);
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var one in cases) await one.RunAsync(record, crowd, round, isMeasured: round > 0);
        }
        var table = new Table(title, "Events", "an event that says nothing new of who is who, ms", "one that does: all afresh, ms", "µs per event of the group");
        foreach (var one in cases)
            table.Add($"{one.Events.Count:#,0}", one.Known.ToString("#,0.0"), one.Afresh.ToString("#,0.0"), $"{one.Afresh.Median * 1000 / one.Events.Count:#,0}");
        return table;
    }

    // One more than the five customers of a connection that one contact may have.
    private static List<ContactEvent> OneAddress(Crowd crowd, int length)
    {
        var people = crowd.Next(6);
        return [.. Enumerable.Range(0, length).Select(index => crowd.Seen(Mix.Customer(people[index % 6]), crowd.Address(people[0])))];
    }

    private static List<ContactEvent> Chain(Crowd crowd, int length)
    {
        var people = crowd.Next((length / 10) + 1);
        return [.. Enumerable.Range(0, length).Select(index => crowd.Seen(Mix.Customer(people[index / 10]), crowd.Address(people[(index / 10) + (index % 10 == 9 ? 1 : 0)])))];
    }

    private sealed class Case(List<ContactEvent> events)
    {
        public List<ContactEvent> Events => events;

        public Series Known { get; } = new();

        public Series Afresh { get; } = new();

        // What is new is a phone number, each time of another person of the group.
        public async Task RunAsync(RecordFile record, Crowd crowd, int round, bool isMeasured)
        {
            var identifiers = events[round * 7 % events.Count].Person.Identifiers;
            var known = await record.MergeAsync([crowd.Seen(identifiers)]);
            var afresh = await record.MergeAsync([crowd.Seen([.. identifiers, Mix.Phone(crowd.Next())])]);
            if (!isMeasured) return;
            Known.Add(known.TotalMilliseconds);
            Afresh.Add(afresh.TotalMilliseconds);
        }
    }
}
