using IntegrationHub.Contracts;

namespace IntegrationHub.Bench.Record;

/// <summary>People one after the other, and what they do.</summary>
internal sealed class Crowd(int seed)
{
    private const int EventsAtOnce = 2_000;

    private readonly Mix mix = new(seed);
    private long people;
    private long events;

    public long Next() => people++;

    public List<long> Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    /// <summary>The next event of a person: every tenth an order, the others visits, opened messages and changes of the profile.</summary>
    public ContactEvent Event(long person) => events % 10 == 0 ? mix.Ordered(events, events++, person) : Activity(person);

    /// <summary>The next event of a person that is no order.</summary>
    public ContactEvent Activity(long person) => mix.OfKnown(events++, person);

    /// <summary>An event that ties two people together by their addresses.</summary>
    public ContactEvent Tie(long one, long other) => Seen(Address(one), Address(other));

    public ContactEvent Seen(params IReadOnlyList<Identifier> identifiers) => Mix.Seen(events++, identifiers);

    public Identifier Address(long person) => mix.Address(person);

    /// <summary>Merges that many events of a person into a record.</summary>
    public static async Task TellAsync(RecordFile record, long person, int count, Func<long, ContactEvent> next)
    {
        for (var told = 0; told < count; told += EventsAtOnce)
            await record.MergeAsync(Enumerable.Range(0, Math.Min(EventsAtOnce, count - told)).Select(_ => next(person)));
    }
}
