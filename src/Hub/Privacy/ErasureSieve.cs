using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Privacy;

/// <summary>Stands before the record within one transaction: what concerns somebody erased does not pass, and requests for erasure are carried out.</summary>
internal sealed class ErasureSieve(DbSession session, HubConfiguration configuration, ErasureKey key, TimeProvider time)
{
    private readonly IdentityRules rules = new(configuration);
    private readonly ErasureRule rule = new(session, key, new IdentityRules(configuration));
    private readonly bool anythingErased = session.AnyErasure();
    private readonly List<ErasureRequested> requests = [];
    private readonly List<ExportRequested> copies = [];
    private readonly HashSet<string> entities = new(StringComparer.Ordinal);
    private readonly HashSet<long> outdated = [];
    private readonly HashSet<long> told = [];

    /// <summary>The event as it may be stored, or null when it may not.</summary>
    public MergeItem? Pass(MergeItem item)
    {
        if (item.Event is ErasureRequested request) return Take(item, request);
        if (anythingErased)
        {
            var verdict = rule.Judge(item.Event);
            if (verdict.IsDropped) return Drop(item, verdict);
            if (verdict.IsRedacted)
            {
                Note(item, dropped: false);
                return item with { Event = Redaction.Of(item.Event, verdict.Erased, rules) };
            }
        }
        if (item.Event is ExportRequested copy) copies.Add(copy);
        return item;
    }

    /// <summary>Carries out what was asked for, and what follows from the events that did not pass. The record is written.</summary>
    /// <returns>What is to be published after the commit.</returns>
    public List<OutboxMessage> Settle()
    {
        foreach (var copy in copies) session.Audit(time.GetUtcNow(), AuditTables.ExportRequested, copy.Connection, eventId: copy.EventId);
        List<OutboxMessage> messages = [.. requests.DistinctBy(request => request.EventId).SelectMany(new ErasureMaker(session, configuration, key, time).OfRequest)];
        if (entities.Count == 0 && outdated.Count == 0) return messages;
        var groups = entities.Select(name => session.FindNode(name)?.GroupKey).OfType<long>().ToHashSet();
        if (groups.Count > 0 || outdated.Count > 0) messages.AddRange(new ErasureEffect(session, configuration, key, time).Apply(groups, outdated, entities));
        return messages;
    }

    /// <summary>How many events of a delivery did not pass.</summary>
    public long CountDropped(long deliveryId) => anythingErased || requests.Count > 0 ? session.CountDropped(deliveryId) : 0;

    /// <summary>Removes the body of a delivery that is done, when it told something erased.</summary>
    public void Finish(long deliveryId)
    {
        if (!anythingErased && requests.Count == 0) return;
        if (!told.Contains(deliveryId) && !session.ToldErasedFacts(deliveryId)) return;
        session.EraseBody(deliveryId);
        key.LogIsDirty = true;
    }

    // Of a request nothing is kept but its id, so that its repetition changes nothing.
    private MergeItem? Take(MergeItem item, ErasureRequested request)
    {
        Note(item, dropped: true);
        if (!anythingErased || session.Tombstones(key.Hash(request.EventId)).Count == 0) requests.Add(request);
        return null;
    }

    private MergeItem? Drop(MergeItem item, ErasureVerdict verdict)
    {
        Note(item, dropped: true);
        entities.UnionWith(rule.Remember(item.Event.EventId, verdict));
        if (session.FindEvent(item.Event.EventId) is { } stored) outdated.Add(stored.Key);
        return null;
    }

    // A delivery that told several events keeps its body until all of them are in the record: a crash would lose the others.
    private void Note(MergeItem item, bool dropped)
    {
        if (item.EventsOfDelivery == 1) told.Add(item.DeliveryId);
        else session.InsertErasedFact(item.DeliveryId, key.Hash(item.Event.EventId), dropped);
    }
}
