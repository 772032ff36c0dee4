using System.Text.Json;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Inbox;

/// <summary>A delivery on its way onto the disk. All that arrive at once are written with one statement for each table, and it comes to the same as one after the other.</summary>
/// <param name="delivery">The delivery.</param>
/// <param name="claimant">The process that goes on with it right away; null to leave it to whichever sweeps it up.</param>
internal sealed class Arrival(NewDelivery delivery, long? claimant)
{
    private const string InsertSql =
        """
        insert into inbox (connection, delivery_key, received_at, status, claimed_by, origin) values ($connection, $key, $received, 0, $claimant, $origin)
        on conflict do nothing
        """;

    private readonly (string Connection, Guid Key) key = (delivery.Connection, delivery.Key);
    private readonly Nonce? nonce = delivery.Signed?.Nonce;
    private readonly string headers = JsonSerializer.Serialize(delivery.Headers, HubJson.Default.IReadOnlyDictionaryStringString);
    private AppendOutcome outcome = new AppendOutcome.Duplicate();

    private NewDelivery Delivery => delivery;

    /// <summary>Stores what is not there yet, within a transaction.</summary>
    /// <returns>What became of each.</returns>
    public static IReadOnlyList<AppendOutcome> Append(DbSession session, IReadOnlyList<Arrival> arrivals)
    {
        // The embedded database has one at a time, and no round trips to spare.
        if (arrivals is [var only])
        {
            only.Store(session);
            return [only.outcome];
        }
        for (var waiting = arrivals; waiting.Count > 0; waiting = StoreFirst(session, waiting)) { }
        return [.. arrivals.Select(arrival => arrival.outcome)];
    }

    /// <returns>Those that an earlier one is known by the same as: what becomes of that one decides.</returns>
    private static List<Arrival> StoreFirst(DbSession session, IReadOnlyList<Arrival> waiting)
    {
        List<Arrival> first = [], later = [];
        HashSet<(string, Guid)> keys = [];
        HashSet<Nonce> nonces = [];
        foreach (var arrival in waiting)
        {
            var isFirst = keys.Add(arrival.key) & (arrival.nonce is not { } nonce || nonces.Add(nonce));
            (isFirst ? first : later).Add(arrival);
        }
        Store(session, first);
        return later;
    }

    private static void Store(DbSession session, List<Arrival> arrivals)
    {
        var kept = KeepNonces(session, arrivals);
        var stored = Insert(session, arrivals.FindAll(arrival => arrival.nonce is not { } nonce || kept.Contains(nonce)));
        foreach (var arrival in arrivals)
        {
            if (stored.TryGetValue(arrival.key, out var id)) arrival.Accept(session, id);
            else arrival.Refuse(session, isNonceKept: arrival.nonce is { } nonce && kept.Contains(nonce));
        }
    }

    // Rows are written in the same order by everyone: of two who wait for each other's, one would be refused.
    private static HashSet<Nonce> KeepNonces(DbSession session, List<Arrival> arrivals)
    {
        List<NewDelivery> signed = [.. arrivals.Select(arrival => arrival.Delivery).Where(delivery => delivery.Signed is not null)];
        if (signed.Count == 0) return [];
        return session.TryKeep([.. signed.Select(delivery => delivery.Signed.GetValueOrDefault()).OrderBy(once => once.Nonce.Hash)], signed.Min(delivery => delivery.ReceivedAt));
    }

    /// <returns>The ids of those that were not there.</returns>
    private static Dictionary<(string, Guid), long> Insert(DbSession session, List<Arrival> arrivals) => session.QueryEach(
        InsertSql + " returning delivery_id, connection, delivery_key", row => (Id: row.GetInt64(0), Key: (row.GetString(1), row.Id(2))), [.. arrivals.OrderBy(arrival => arrival.key.Key)], arrival => arrival.Row()).ToDictionary(row => row.Key, row => row.Id);

    private void Store(DbSession session)
    {
        outcome = new AppendOutcome.Duplicate();
        if (delivery.Signed is { } signed && !session.TryKeep(signed.Nonce, signed.ExpiresAt, delivery.ReceivedAt)) return;
        if (session.TryInsert("delivery_id", InsertSql, Row()) is { } id) Accept(session, id);
        else Refuse(session, isNonceKept: nonce is not null);
    }

    private (string, object?)[] Row() =>
    [
        ("$connection", delivery.Connection), ("$key", delivery.Key.ToDb()), ("$received", delivery.ReceivedAt.ToDb()), ("$claimant", claimant), ("$origin", (int)delivery.Origin),
    ];

    private void Accept(DbSession session, long id)
    {
        session.Insert("insert into inbox_body (delivery_id, headers, body, trace) values ($id, $headers, $body, $trace)",
            ("$id", id), ("$headers", headers), ("$body", delivery.Body.ToDb()), ("$trace", delivery.Trace));
        outcome = new AppendOutcome.Accepted(id);
    }

    private void Refuse(DbSession session, bool isNonceKept)
    {
        if (isNonceKept && nonce is { } unused) session.Forget(unused);
        if (delivery.Origin is DeliveryOrigin.Hydration) Attribute(session);
        outcome = new AppendOutcome.Duplicate();
    }

    // A webhook led to what history read first, in the same bytes: it would have come anyhow, and is no gap.
    private void Attribute(DbSession session)
    {
        var id = session.First("update inbox set origin = 1 where connection = $connection and delivery_key = $key and origin > 1 returning delivery_id",
            row => (long?)row.GetInt64(0), ("$connection", delivery.Connection), ("$key", delivery.Key.ToDb()));
        if (id is not null) session.Execute("update event set told_by = told_by | 2 where event_key in (select event_key from event_delivery where delivery_id = $id)", ("$id", id));
    }
}
