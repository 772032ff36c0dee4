using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Jobs;

/// <summary>Finds out what webhooks missed. A fact is a gap when every delivery that told it came by reconciliation.</summary>
/// <remarks>
/// Counting walks the index <c>event_told</c> from one time to the other and touches no table: its cost follows the facts in between,
/// about 0.3 s for a million. Beyond that, each gap costs the look at its event.
/// </remarks>
internal sealed class GapReader(IDatabase database, TimeProvider time)
{
    public const int MaxDeliveries = 500;

    /// <summary>Gaps that lie no further apart are one span.</summary>
    public static readonly TimeSpan Close = TimeSpan.FromMinutes(10);

    /// <summary>How far back a report goes when nobody says.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    // told_by has a bit for each origin: 3 is what webhooks told or led to, 8 is reconciliation and nothing else.
    private const string Count =
        """
        select count(*), coalesce(sum(case when told_by = 8 then 1 else 0 end), 0) from event
        where connection = $connection and occurred_at >= $from and occurred_at < $to and (told_by & 3 <> 0 or told_by = 8)
        """;

    public GapReport Read(string connection, DateTimeOffset? from, DateTimeOffset? to) => database.Read(session => Read(session, connection, from, to, time.GetUtcNow()));

    /// <summary>How many facts there were, and how many of them webhooks missed.</summary>
    public (long Facts, long Missed) Tally(string connection) =>
        database.Read(session => Tally(session, connection, time.GetUtcNow() - Usual, DateTimeOffset.MaxValue));

    /// <param name="from">Null for <see cref="Usual"/> before the end.</param>
    /// <param name="to">Null for now; what the vendor's clock puts later is in then.</param>
    public static GapReport Read(DbSession session, string connection, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        var end = to ?? DateTimeOffset.MaxValue;
        var begin = from ?? (to ?? now) - Usual;
        var (facts, missed) = Tally(session, connection, begin, end);
        var gaps = new Gaps();
        if (missed > 0)
        {
            session.ForEach(
                "select occurred_at, kind, delivery_id from event where connection = $connection and occurred_at >= $from and occurred_at < $to and told_by = 8 order by occurred_at",
                row => gaps.Add(row.Time(0), row.GetString(1), row.GetInt64(2)), ("$connection", connection), ("$from", begin.ToDb()), ("$to", end.ToDb()));
        }
        return new GapReport
        {
            Connection = connection,
            From = begin,
            To = to ?? now,
            Facts = facts,
            Missed = missed,
            Spans = gaps.Spans,
            Kinds = [.. gaps.Kinds.Select(kind => (kind.Key, kind.Value))],
            Deliveries = [.. gaps.Deliveries],
            SettledUntil = SettledUntil(session, connection),
            Unread = session.First(
                $"select count(*) from inbox where status = 4 and {InboxStore.IsRare} and connection || '' = $connection and origin = 3", row => row.GetInt64(0), ("$connection", connection)),
        };
    }

    private static (long Facts, long Missed) Tally(DbSession session, string connection, DateTimeOffset from, DateTimeOffset to) =>
        session.First(Count, row => (row.GetInt64(0), row.GetInt64(1)), ("$connection", connection), ("$from", from.ToDb()), ("$to", to.ToDb()));

    // All that a reconciliation read has to be in the record, and nothing that could tell the same may be on its way.
    private static DateTimeOffset? SettledUntil(DbSession session, string connection)
    {
        var (open, read) = session.First(
            $"""
            select min(received_at), min(case when origin = 3 then received_at end) from (
                select received_at, origin from inbox where status = 0 and connection || '' = $connection
                union all
                select received_at, origin from inbox where status = 1 and {InboxStore.IsRare} and connection || '' = $connection) waiting
            """,
            row => (Open: row.IsDBNull(0) ? long.MaxValue : row.GetInt64(0), Read: row.IsDBNull(1) ? long.MaxValue : row.GetInt64(1)), ("$connection", connection));
        var settled = session.Query(
            """
            select max(case when finished_at < $read and problem is null then until end) from history_run
            where connection = $connection and origin = $origin group by stream
            """, row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.Time(0), ("$connection", connection), ("$origin", (int)DeliveryOrigin.Reconciliation), ("$read", read));
        if (settled.Count == 0 || settled.Contains(null)) return null;
        var until = settled.OfType<DateTimeOffset>().Min();
        return until.ToDb() <= open ? until : DateTimeOffset.UnixEpoch.AddTicks(open * TimeSpan.TicksPerMicrosecond);
    }

    private sealed class Gaps
    {
        public List<GapSpan> Spans { get; } = [];

        public SortedDictionary<string, long> Kinds { get; } = new(StringComparer.Ordinal);

        public SortedSet<long> Deliveries { get; } = [];

        public void Add(DateTimeOffset at, string kind, long delivery)
        {
            if (Spans is [.., var last] && at - last.To <= Close) Spans[^1] = last with { To = at, Facts = last.Facts + 1 };
            else Spans.Add(new GapSpan(at, at, 1));
            Kinds[kind] = Kinds.GetValueOrDefault(kind) + 1;
            if (Deliveries.Count < MaxDeliveries) Deliveries.Add(delivery);
        }
    }
}
