using System.Data.Common;
using System.Text.Json;
using IntegrationHub.Hub.Hydration;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Inbox;

/// <summary>The durable log of deliveries.</summary>
internal sealed class InboxStore(IDatabase database, TimeProvider time)
{
    /// <summary>Failed tries after which a delivery is quarantined.</summary>
    public const int MaxAttempts = 5;

    /// <summary>The next connection with open deliveries that no process holds.</summary>
    public const string NextOpenSql = "select connection from inbox where status = 0 and claimed_by is null and connection > $last order by connection limit 1";

    /// <summary>Claims open deliveries of a connection.</summary>
    public const string ClaimOpenSql =
        """
        update inbox set claimed_by = $claimant where delivery_id in (
            select delivery_id from inbox
            where status = 0 and claimed_by is null and connection = $connection and (due_at <= $now or due_at > $far) order by delivery_id limit $limit)
        returning delivery_id
        """;

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(5);

    // Longer than any rest: what is due later than that was put off before the clock was set back.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(2);

    /// <summary>Stores a delivery. When the task completes with an id, the delivery is on disk.</summary>
    /// <param name="claimant">The process that goes on with it right away; null to leave it to whichever sweeps it up.</param>
    /// <exception cref="StorageException">It is not stored.</exception>
    public Task<AppendOutcome> AppendAsync(NewDelivery delivery, long? claimant, CancellationToken cancellationToken) =>
        database.TakeInAsync(new Arrival(delivery, claimant), static (session, arrivals) => Arrival.Append(session, arrivals), cancellationToken);

    /// <summary>Stores deliveries within a transaction; the sweeper takes them up.</summary>
    /// <returns>What became of each.</returns>
    public static IReadOnlyList<AppendOutcome> Append(DbSession session, IEnumerable<NewDelivery> deliveries) => Arrival.Append(session, [.. deliveries.Select(delivery => new Arrival(delivery, null))]);

    /// <summary>Connections with open deliveries that no process holds.</summary>
    public List<string> ConnectionsWithOpen() => database.Read(session =>
    {
        // From one connection to the next by the index: a backlog of millions costs one look for each connection.
        List<string> found = [];
        for (var last = ""; session.First(NextOpenSql, row => row.GetString(0), ("$last", last)) is { } next; last = next) found.Add(next);
        return found;
    });

    /// <summary>Claims open deliveries of a connection that no process holds, the oldest first.</summary>
    public async Task<List<StoredDelivery>> ClaimOpenAsync(string connection, long claimant, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var claimed = await database.WriteRedoableAsync(session => session.Query(ClaimOpenSql, row => row.GetInt64(0), ("$claimant", claimant), ("$connection", connection), ("$now", now.ToDb()), ("$far", (now + LongestRest).ToDb()), ("$limit", limit)), cancellationToken);
        return claimed.Count == 0 ? [] : database.Read(session => session.Query($"{SelectDelivery} where delivery_id in $ids order by delivery_id", ReadDelivery, ("$ids", claimed.ToArray())));
    }

    /// <summary>The open deliveries that a process has claimed.</summary>
    public HashSet<long> ClaimedBy(long claimant) => database.Read(session =>
        session.Query("select delivery_id from inbox where status = 0 and claimed_by = $claimant", row => row.GetInt64(0), ("$claimant", claimant)).ToHashSet());

    /// <summary>Gives back claimed deliveries that nobody can go on with now.</summary>
    public Task<int> GiveBackAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => database.WriteRedoableAsync(session =>
        ids.Order().Sum(id => session.Execute("update inbox set claimed_by = null where delivery_id = $id and status = 0", ("$id", id))), cancellationToken);

    /// <summary>Frees what processes have claimed that are not among the living, within a transaction.</summary>
    public static int FreeOrphans(DbSession session) => session.Execute(
        "update inbox set claimed_by = null where status = 0 and claimed_by is not null and claimed_by not in (select process_key from process)");

    /// <summary>Whether there is something for <see cref="FreeOrphans"/> to free.</summary>
    public static bool HasOrphans(DbSession session) => session.First(
        "select 1 from inbox where status = 0 and claimed_by is not null and claimed_by not in (select process_key from process) limit 1", row => row.GetInt32(0)) == 1;

    /// <summary>Settles a delivery that ends here, without facts.</summary>
    public Task<int> SettleAsync(long id, DeliveryStatus status, string? topic, string? reason, CancellationToken cancellationToken) =>
        database.WriteRedoableAsync(session => session.Execute(
            "update inbox set status = $status, topic = coalesce($topic, topic), reason = $reason where delivery_id = $id and status <> 2",
            ("$status", (int)status), ("$topic", topic), ("$reason", reason), ("$id", id)), cancellationToken);

    /// <summary>Marks deliveries done within the transaction that merged their facts.</summary>
    public static void MarkDone(DbSession session, IReadOnlyCollection<long> ids) => session.PostEach(
        "update inbox set status = 2, reason = null where delivery_id = $id", [.. ids.Order()], id => [("$id", id)]);

    /// <summary>The same for one that hinted at objects: it is done when they have ended.</summary>
    public static void MarkWaiting(DbSession session, long id)
    {
        session.Post("update inbox set status = 1, reason = coalesce(reason, 'its facts are in the record; an object still has to be fetched') where delivery_id = $id", ("$id", id));
        HydrationStore.Conclude(session, id);
    }

    /// <summary>Leaves a delivery in quarantine within the transaction that merged its facts: what else it holds can't be read.</summary>
    public static void MarkPartlyRead(DbSession session, long id, string reason) =>
        session.Post("update inbox set status = 4, reason = $reason where delivery_id = $id", ("$reason", reason), ("$id", id));

    /// <summary>Counts a failed try and frees the delivery for the next one, each time after a longer rest; after <see cref="MaxAttempts"/> it is quarantined with the reason.</summary>
    /// <returns>The delivery's connection when it is quarantined now, otherwise null.</returns>
    public Task<string?> RecordFailureAsync(long id, string reason, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.First(
            """
            update inbox set attempts = attempts + 1, reason = $reason, claimed_by = null, due_at = $now + $rest * (1 << cast(attempts as int)),
                status = case when attempts + 1 >= $max then 4 else status end
            where delivery_id = $id and status = 0 and claimed_by is not null returning connection, status
            """,
            row => (DeliveryStatus)row.GetInt32(1) is DeliveryStatus.Quarantined ? row.GetString(0) : null,
            ("$reason", reason), ("$now", time.GetUtcNow().ToDb()), ("$rest", (long)FirstRest.TotalMicroseconds), ("$max", MaxAttempts), ("$id", id)), cancellationToken);

    /// <summary>Opens a delivery again.</summary>
    /// <returns>False when there is none, or its body was erased.</returns>
    public Task<bool> ReopenAsync(long id, CancellationToken cancellationToken) => database.WriteAsync(session => session.Execute(
        """
        update inbox set status = 0, attempts = 0, reason = null, claimed_by = null, due_at = 0
        where delivery_id = $id and exists (select 1 from inbox_body where inbox_body.delivery_id = inbox.delivery_id)
        """, ("$id", id)) == 1, cancellationToken);

    /// <summary>A delivery with its body, or null.</summary>
    public StoredDelivery? Find(long id) => database.Read(session => Find(session, id));

    /// <summary>A delivery without its body, or null.</summary>
    public DeliverySummary? Summary(long id) =>
        database.Read(session => session.First($"{SelectSummary} where delivery_id = $id", ReadSummary, ("$id", id)));

    /// <summary>Deliveries, the newest first.</summary>
    /// <param name="before">Ids below this one; null for the newest.</param>
    public List<DeliverySummary> List(DeliveryStatus? status, string? connection, int limit, long? before) => database.Read(session =>
        session.Query(SelectPage(status), ReadSummary, ("$status", (int?)status), ("$connection", connection), ("$before", before ?? long.MaxValue), ("$limit", limit)));

    /// <summary>Ids of the facts that a delivery told.</summary>
    public List<Guid> EventsOf(long id) => database.Read(session => session.Query(
        "select event_id from event_delivery join event using (event_key) where event_delivery.delivery_id = $id order by event_key",
        row => row.Id(0), ("$id", id)));

    /// <summary>How many deliveries stand where, by connection.</summary>
    /// <param name="origin">Only what came this way; null for all.</param>
    public List<(string Connection, DeliveryStatus Status, long Count)> Counts(DeliveryOrigin? origin) => database.Read(session => session.Query(
        "select connection, status, count(*) from inbox where $origin is null or origin = $origin group by connection, status",
        row => (row.GetString(0), (DeliveryStatus)row.GetInt32(1), row.GetInt64(2)), ("$origin", (int?)origin)));

    /// <summary>How many deliveries were ignored on purpose, by connection and topic.</summary>
    public List<(string Connection, string Topic, long Count)> IgnoredByTopic() => database.Read(session => session.Query(
        $"select connection, coalesce(topic, ''), count(*) from inbox where status = 3 and {IsRare} group by connection, topic order by coalesce(topic, '')",
        row => (row.GetString(0), row.GetString(1), row.GetInt64(2))));

    /// <summary>How many deliveries are not settled.</summary>
    public long OpenCount() => database.Read(session => session.First("select count(*) from inbox where status = 0", row => row.GetInt64(0)));

    private const string SelectDelivery = "select delivery_id, connection, received_at, headers, body, trace from inbox join inbox_body using (delivery_id)";

    private const string SelectSummary = "select delivery_id, connection, received_at, status, topic, reason, attempts from inbox";

    /// <summary>The deliveries that an index holds by their status, as nearly all are done. It is used for a status only when the statement says that it is one of these.</summary>
    public const string IsRare = "status in (1, 3, 4)";

    private const string OfPage = "and ($connection is null or connection = $connection) and delivery_id < $before order by delivery_id desc limit $limit";

    private static string SelectPage(DeliveryStatus? status) => status switch
    {
        null => $"{SelectSummary} where $status is null {OfPage}",
        DeliveryStatus.Received => $"{SelectSummary} where status = 0 and $status = 0 {OfPage}",
        DeliveryStatus.Done => $"{SelectSummary} where status = $status {OfPage}",
        _ => $"{SelectSummary} where status = $status and {IsRare} {OfPage}",
    };

    /// <inheritdoc cref="Find(long)"/>
    public static StoredDelivery? Find(DbSession session, long id) => session.First($"{SelectDelivery} where delivery_id = $id", ReadDelivery, ("$id", id));

    private static StoredDelivery ReadDelivery(DbDataReader row) => new(row.GetInt64(0), row.GetString(1), row.Time(2), ReadHeaders(row.GetString(3)), row.Bytes(4)) { Trace = row.Text(5) };

    private static Dictionary<string, string> ReadHeaders(string json) => new(
        JsonSerializer.Deserialize(json, HubJson.Default.IReadOnlyDictionaryStringString) ?? new Dictionary<string, string>(StringComparer.Ordinal),
        StringComparer.OrdinalIgnoreCase);

    private static DeliverySummary ReadSummary(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.Time(2), (DeliveryStatus)row.GetInt32(3), row.Text(4), row.Text(5), row.GetInt32(6));
}
