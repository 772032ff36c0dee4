using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Telemetry;

namespace IntegrationHub.Hub.Privacy;

/// <summary>Finishes erasures beside the running hub, and after a crash: searches all bodies, clears the file, and only then forgets what was searched for.</summary>
internal sealed class ErasureWorker(
    IDatabase database, ConfigurationSource configuration, ErasureKey key, DataDirectory directory, OutboxRelay relay, TimeProvider time, ILogger<ErasureWorker> logger)
    : BackgroundService
{
    private const int Batch = 100;
    private const int MaxLooksAtOpen = 60;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CleaningInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private DateTimeOffset? heldSince;
    private DateTimeOffset nextCleaning;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What a crash left in the log is not known.
        key.LogIsDirty |= database.Read(session => session.AnyErasure());
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await FinishAllAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (!MeasuredDatabase.IsAway(exception)) Log.Failed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FinishAllAsync(CancellationToken cancellationToken)
    {
        // One process at a time does it for all.
        if (!database.TryHold("erasures")) return;
        await EraseSettledAsync(null, cancellationToken);
        var open = database.Read(session => session.UnfinishedErasures());
        foreach (var erasure in open.Where(erasure => !erasure.IsSearched)) await SearchAsync(erasure, cancellationToken);
        if (open.Count == 0 && (!key.LogIsDirty || time.GetUtcNow() < nextCleaning)) return;
        key.LogIsDirty = false;
        nextCleaning = time.GetUtcNow() + CleaningInterval;
        if (await database.ScrubAsync(cancellationToken))
        {
            heldSince = null;
            await database.WriteRecordAsync(session => open.Sum(erasure => session.EndErasure(erasure.Key, time.GetUtcNow())), cancellationToken);
            foreach (var erasure in open) Tell(erasure.Key);
        }
        else
        {
            key.LogIsDirty = true;
            Wait();
        }
    }

    private void Tell(long erasureKey)
    {
        if (database.Read(session => session.FindErasure(erasureKey)) is { } done) Log.Finished(logger, done.Key, done.Events, done.Deliveries);
    }

    private void Wait()
    {
        var now = time.GetUtcNow();
        heldSince ??= now;
        if (now - heldSince < Patience) return;
        Log.StillHeld(logger);
        heldSince = now;
    }

    private async Task SearchAsync(StoredErasure erasure, CancellationToken cancellationToken)
    {
        if (erasure.Connection is { } connection) await EraseConnectionAsync(erasure, connection, cancellationToken);
        else await EraseBodiesAsync(erasure, new PersonalText(erasure.Terms?.Values ?? []), cancellationToken);
        await EraseOpenAsync(erasure, cancellationToken);
        await ForgetBirthsAsync(erasure, cancellationToken);
        foreach (var shadow in Directory.GetFiles(directory.Path, "shadow.db*")) File.Delete(shadow);
        await database.WriteRecordAsync(session => session.EndSearch(erasure.Key, time.GetUtcNow()), cancellationToken);
    }

    private async Task EraseBodiesAsync(StoredErasure erasure, PersonalText text, CancellationToken cancellationToken)
    {
        for (long? after = 0; after is not null;)
        {
            var (found, last) = database.Read(session => session.BodiesWith(text, after.Value, Batch));
            await EraseAsync(erasure, found, cancellationToken);
            after = last;
        }
    }

    private async Task EraseConnectionAsync(StoredErasure erasure, string connection, CancellationToken cancellationToken)
    {
        for (long after = 0; database.Read(session => session.EventsOfConnection(connection, after, Batch)) is { Count: > 0 } events; after = events[^1])
            relay.Publish(await database.WriteRecordAsync(session => EraseEvents(session, erasure.Key, events), cancellationToken));
        for (long after = 0; database.Read(session => session.BodiesOf(connection, erasure.Until, after, Batch)) is { Count: > 0 } bodies; after = bodies[^1])
            await EraseAsync(erasure, bodies, cancellationToken);
    }

    private List<OutboxMessage> EraseEvents(DbSession session, long erasureKey, List<long> events)
    {
        var effect = new ErasureEffect(session, configuration.Current, key, time);
        var messages = effect.Apply([], events, new HashSet<string>(StringComparer.Ordinal));
        session.CountErased(erasureKey, effect.Events, effect.Deliveries);
        return messages;
    }

    private Task EraseAsync(StoredErasure erasure, List<long> deliveries, CancellationToken cancellationToken) => deliveries.Count == 0 ? Task.CompletedTask : database.WriteRecordAsync(session =>
    {
        foreach (var delivery in deliveries.Where(session.IsOpen)) session.InsertErasedFact(delivery, [], dropped: false);
        session.CountErased(erasure.Key, 0, deliveries.Where(delivery => !session.IsOpen(delivery)).Count(session.EraseBody));
        return deliveries.Count;
    }, cancellationToken);

    // A delivery that is open may tell of others, too: it is given the time to be merged. Then it has to go.
    private async Task EraseOpenAsync(StoredErasure erasure, CancellationToken cancellationToken)
    {
        for (var look = 1; database.Read(session => session.DeliveriesWithErasedFacts()) is { Count: > 0 } waiting; look++)
        {
            await EraseSettledAsync(erasure, cancellationToken, orElse: look >= MaxLooksAtOpen);
            if (waiting.Exists(delivery => delivery.IsOpen)) await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private async Task EraseSettledAsync(StoredErasure? erasure, CancellationToken cancellationToken, bool orElse = false)
    {
        var settled = database.Read(session => session.DeliveriesWithErasedFacts()).Where(delivery => !delivery.IsOpen || orElse).Select(delivery => delivery.DeliveryId).ToList();
        if (settled.Count == 0) return;
        key.LogIsDirty = true;
        await database.WriteRecordAsync(session =>
        {
            var erased = settled.Count(session.EraseBody);
            if (erasure is not null) session.CountErased(erasure.Key, 0, erased);
            return erased;
        }, cancellationToken);
    }

    private async Task ForgetBirthsAsync(StoredErasure erasure, CancellationToken cancellationToken)
    {
        var nodes = erasure.Terms?.Nodes.ToHashSet(StringComparer.Ordinal);
        for (long after = 0; database.Read(session => session.ContactsBornOfNothing(after, Batch)) is { Count: > 0 } contacts; after = contacts[^1].Key)
        {
            var born = contacts.Where(contact => nodes is null || nodes.Contains(contact.BornOf)).Select(contact => contact.Key).ToList();
            if (born.Count > 0) await database.WriteRecordAsync(session => born.Sum(session.ForgetBirth), cancellationToken);
        }
    }
}
