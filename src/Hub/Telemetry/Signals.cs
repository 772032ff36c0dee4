using System.Diagnostics;
using System.Diagnostics.Metrics;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Inbox;

namespace IntegrationHub.Hub.Telemetry;

/// <summary>What the hub tells of its work: spans and measurements, one method for each thing that happens. Names, ids and kinds alone; nothing that a person or a vendor wrote.</summary>
internal sealed class Signals : IDisposable
{
    /// <summary>Name of the source of spans and of the meter.</summary>
    public const string Name = "IntegrationHub";

    /// <summary>Header of a message that says where its trace goes on (W3C Trace Context).</summary>
    public const string TraceHeader = "traceparent";

    public const string ConnectionTag = "hub.connection";
    private const string DeliveryTag = "hub.delivery.id";
    private const string OutcomeTag = "hub.outcome";
    private const string ReasonTag = "hub.reason";

    private static readonly InstrumentAdvice<double> Waits = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200] };
    private static readonly InstrumentAdvice<double> Commits = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    private readonly ActivitySource spans = new(Name);
    private readonly Counter<long> accepted;
    private readonly Counter<long> duplicate;
    private readonly Counter<long> refused;
    private readonly Counter<long> notStored;
    private readonly Counter<long> ignored;
    private readonly Counter<long> quarantined;
    private readonly Counter<long> merged;
    private readonly Counter<long> fetched;
    private readonly Counter<long> notFetched;
    private readonly Counter<long> published;
    private readonly Histogram<double> lag;
    private readonly Histogram<double> commits;

    public Signals(IMeterFactory meters)
    {
        Meter = meters.Create(Name);
        accepted = Meter.CreateCounter<long>("hub.webhook.accepted", "{delivery}", "Webhooks that were verified and are on disk");
        duplicate = Meter.CreateCounter<long>("hub.webhook.duplicate", "{delivery}", "Webhooks that were there already");
        refused = Meter.CreateCounter<long>("hub.webhook.refused", "{request}", "Requests that were refused, by reason");
        notStored = Meter.CreateCounter<long>("hub.webhook.not_stored", "{delivery}", "Genuine webhooks that were answered 503 because they could not be stored");
        ignored = Meter.CreateCounter<long>("hub.delivery.ignored", "{delivery}", "Deliveries that tell nothing on purpose");
        quarantined = Meter.CreateCounter<long>("hub.delivery.quarantined", "{delivery}", "Deliveries that went to quarantine, whole or in part");
        merged = Meter.CreateCounter<long>("hub.event.merged", "{event}", "Contract events that were merged into the record, repeated tellings too");
        fetched = Meter.CreateCounter<long>("hub.hydration.fetched", "{object}", "Objects that a vendor's API told");
        notFetched = Meter.CreateCounter<long>("hub.hydration.failed", "{object}", "Tries to fetch an object that failed, by kind of fault");
        published = Meter.CreateCounter<long>("hub.outbox.published", "{message}", "Changes of contacts that were put on the bus");
        lag = Meter.CreateHistogram("hub.event.lag", "s", "From the arrival of a delivery to the commit of its event in the record", tags: null, Waits);
        commits = Meter.CreateHistogram("hub.database.write.duration", "s", "From asking for a write to its commit on disk, waiting for others included", tags: null, Commits);
    }

    /// <summary>The meter of this hub; other hubs of the process have their own.</summary>
    public Meter Meter { get; }

    /// <summary>Where the trace goes on from here, to be kept until then; null when it is not sampled.</summary>
    public static string? Here => Activity.Current is { Recorded: true } current ? current.Id : null;

    public Activity? Accept(string connection) => spans.StartActivity("accept")?.SetTag(ConnectionTag, connection);

    public void Accepted(string connection, long delivery)
    {
        accepted.Add(1, Of(connection));
        Activity.Current?.SetTag(DeliveryTag, delivery).SetTag(OutcomeTag, "accepted");
    }

    public void Duplicate(string connection)
    {
        duplicate.Add(1, Of(connection));
        Activity.Current?.SetTag(OutcomeTag, "duplicate");
    }

    /// <param name="reason">A fixed phrase.</param>
    public void Refused(string connection, string reason)
    {
        refused.Add(1, Of(connection), new(ReasonTag, reason));
        Activity.Current?.SetTag(OutcomeTag, "refused").SetTag(ReasonTag, reason);
    }

    public void NotStored(string connection)
    {
        notStored.Add(1, Of(connection));
        Activity.Current?.SetTag(OutcomeTag, "not stored").SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>A delivery of a trace is read. What is not traced from its arrival on is not traced at all.</summary>
    public Activity? Normalize(StoredDelivery delivery) =>
        Continue("normalize", ActivityKind.Internal, delivery.Trace)?.SetTag(ConnectionTag, delivery.Connection).SetTag(DeliveryTag, delivery.Id);

    /// <summary>A delivery told facts: they are on the bus.</summary>
    public static void Told(int events) => Activity.Current?.SetTag(OutcomeTag, "told").SetTag("hub.events", events);

    /// <summary>A delivery waits for objects that have to be fetched.</summary>
    public static void Hinted() => Activity.Current?.SetTag(OutcomeTag, "hydrating");

    /// <summary>A delivery ended without the record, or with less than it holds.</summary>
    public void Settled(string connection, DeliveryStatus status)
    {
        if (status is DeliveryStatus.Ignored) ignored.Add(1, Of(connection));
        if (status is DeliveryStatus.Quarantined) quarantined.Add(1, Of(connection));
        Activity.Current?.SetTag(OutcomeTag, status.ToString().ToLowerInvariant());
    }

    /// <summary>A vendor is asked for an object. It goes on with the trace of the first delivery that hinted at it, and is linked to the others.</summary>
    /// <param name="hints">Traces of those deliveries.</param>
    public Activity? Hydrate(string connection, string objectType, IReadOnlyList<string> hints)
    {
        var contexts = hints.Select(Parse).OfType<ActivityContext>().ToList();
        return spans.StartActivity("hydrate", ActivityKind.Internal, contexts.FirstOrDefault(), links: contexts.Skip(1).Select(context => new ActivityLink(context)))
            ?.SetTag(ConnectionTag, connection).SetTag("hub.object.type", objectType);
    }

    /// <summary>Whether anybody wants spans.</summary>
    public bool AreTraced => spans.HasListeners();

    public void Fetched(string connection)
    {
        fetched.Add(1, Of(connection));
        Activity.Current?.SetTag(OutcomeTag, "fetched");
    }

    public void NotFetched(string connection, VendorFault fault)
    {
        var kind = fault.ToString().ToLowerInvariant();
        notFetched.Add(1, Of(connection), new("hub.fault", kind));
        Activity.Current?.SetTag(OutcomeTag, kind).SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>A page of a vendor's history is read.</summary>
    public Activity? ReadHistory(string connection, string stream) => spans.StartActivity("read history")?.SetTag(ConnectionTag, connection).SetTag("hub.stream", stream);

    /// <summary>An event is merged, in one transaction with others. Each event has its span in its own trace, and says how many shared the transaction.</summary>
    /// <returns>Null when the event is not traced.</returns>
    public Activity? Merge(string? trace, string connection, string kind, long delivery, int batch) => Continue("merge", ActivityKind.Consumer, trace)
        ?.SetTag(ConnectionTag, connection).SetTag("hub.event.kind", kind).SetTag(DeliveryTag, delivery).SetTag("hub.batch.size", batch).SetTag(OutcomeTag, "failed");

    public void Merged(Activity? span, string connection, TimeSpan sinceArrival)
    {
        merged.Add(1, Of(connection));
        lag.Record(Math.Max(0, sinceArrival.TotalSeconds), Of(connection));
        span?.SetTag(OutcomeTag, "merged");
    }

    /// <summary>A change is put on the bus. It goes on with the trace of the first event that caused it, and is linked to the others.</summary>
    public Activity? Publish(string kind, IReadOnlyList<ActivityContext> causes) => causes.Count == 0
        ? null
        : spans.StartActivity($"publish {kind}", ActivityKind.Producer, causes[0], links: causes.Skip(1).Select(cause => new ActivityLink(cause)));

    public void Published(int messages) => published.Add(messages);

    public void Written(TimeSpan duration, bool isStored) => commits.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(OutcomeTag, isStored ? "stored" : "failed"));

    public void Dispose() => spans.Dispose();

    public static KeyValuePair<string, object?> Of(string connection) => new(ConnectionTag, connection);

    private Activity? Continue(string what, ActivityKind kind, string? trace) => Parse(trace) is { } context ? spans.StartActivity(what, kind, context) : null;

    private static ActivityContext? Parse(string? trace) => trace is not null && ActivityContext.TryParse(trace, null, isRemote: true, out var context) ? context : null;
}
