using System.Data.Common;
using System.Diagnostics.Metrics;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>How much waits where. It is counted when somebody asks, at most every ten seconds, and of each queue no more than the oldest <see cref="Most"/>: a backlog of millions costs no more than one of thousands.</summary>
internal sealed class QueueDepths
{
    /// <summary>Where counting ends: figures that add up to this mean "or more".</summary>
    public const int Most = 10_000;

    public const string OpenSql = "select connection, count(*) from (select connection from inbox where status = 0 order by delivery_id limit $most) as waiting group by connection";
    public const string OldestSql = "select received_at from inbox where status = 0 order by delivery_id limit 1";
    public const string HydrationSql = "select connection, count(*) from (select connection from hydration limit $most) as waiting group by connection";
    public const string OutboxSql = "select count(*) from (select 1 from outbox limit $most) as waiting";

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly IDatabase database;
    private readonly ConfigurationSource configuration;
    private readonly InFlight inFlight;
    private readonly TimeProvider time;
    private readonly Lock counting = new();
    private Depths? counted;
    private long countedAt;

    public QueueDepths(Signals signals, IDatabase database, ConfigurationSource configuration, InFlight inFlight, TimeProvider time)
    {
        this.database = database;
        this.configuration = configuration;
        this.inFlight = inFlight;
        this.time = time;
        var meter = signals.Meter;
        meter.CreateObservableGauge("hub.inbox.open", () => Each(depths => depths.Inbox), "{delivery}", $"Deliveries that are not in the record yet; of all, the oldest {Most} are counted");
        meter.CreateObservableGauge("hub.inbox.in_flight", InFlight, "{delivery}", "Deliveries that this process works on");
        meter.CreateObservableGauge("hub.inbox.oldest.age", () => One(depths => depths.OldestAge), "s", "Age of the oldest delivery that is not in the record; 0 when there is none");
        meter.CreateObservableGauge("hub.hydration.waiting", () => Each(depths => depths.Hydration), "{object}", $"Objects that have to be fetched; of all, {Most} are counted");
        meter.CreateObservableGauge("hub.outbox.waiting", () => One(depths => depths.Outbox), "{message}", $"Changes that are not on the bus yet; counted up to {Most}");
        meter.CreateObservableGauge("hub.connection.trouble", () => Each(depths => depths.Troubles), "{trouble}", "1 while a connection has trouble with its vendor's API");
    }

    private IEnumerable<Measurement<long>> InFlight() => inFlight.OfConnections().Select(line => new Measurement<long>(line.Count, Signals.Of(line.Connection)));

    private IEnumerable<Measurement<long>> Each(Func<Depths, IReadOnlyList<(string Connection, long Count)>> of) =>
        Current() is { } depths ? of(depths).Select(line => new Measurement<long>(line.Count, Signals.Of(line.Connection))) : [];

    private IEnumerable<Measurement<T>> One<T>(Func<Depths, T> of) where T : struct => Current() is { } depths ? [new Measurement<T>(of(depths))] : [];

    /// <returns>Null while the database can't be read: no figure is better than an old one.</returns>
    private Depths? Current()
    {
        lock (counting)
        {
            if (counted is not null && time.GetElapsedTime(countedAt) < Freshness) return counted;
            try
            {
                counted = database.Read(Count);
                countedAt = time.GetTimestamp();
            }
            catch (Exception exception) when (MeasuredDatabase.IsAway(exception))
            {
                counted = null;
            }
            return counted;
        }
    }

    private Depths Count(DbSession session)
    {
        List<string> names = [.. configuration.Current.Connections.Values.Where(connection => connection.Enabled).Select(connection => connection.Name).Order(StringComparer.Ordinal)];
        var oldest = session.First(OldestSql, row => (DateTimeOffset?)row.Time(0));
        var troubled = session.Query("select connection from connection_trouble", row => row.GetString(0)).ToHashSet(StringComparer.Ordinal);
        return new Depths(
            Line(names, session.Query(OpenSql, ReadLine, ("$most", Most))),
            oldest is { } arrival ? Math.Max(0, (time.GetUtcNow() - arrival).TotalSeconds) : 0,
            Line(names, session.Query(HydrationSql, ReadLine, ("$most", Most))),
            session.First(OutboxSql, row => row.GetInt64(0), ("$most", Most)),
            [.. names.Select(name => (name, troubled.Contains(name) ? 1L : 0L))]);
    }

    private static (string Connection, long Count) ReadLine(DbDataReader row) => (row.GetString(0), row.GetInt64(1));

    // Where nothing waits is a zero, and what a connection left behind that is no longer configured shows as well.
    private static List<(string Connection, long Count)> Line(List<string> names, List<(string Connection, long Count)> found) =>
        [.. found, .. names.Except(found.Select(line => line.Connection), StringComparer.Ordinal).Select(name => (name, 0L))];

    private sealed record Depths(
        IReadOnlyList<(string Connection, long Count)> Inbox, double OldestAge, IReadOnlyList<(string Connection, long Count)> Hydration, long Outbox, IReadOnlyList<(string Connection, long Count)> Troubles);
}
