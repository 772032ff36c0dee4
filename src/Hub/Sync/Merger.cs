using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Hydration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync;

/// <summary>Merges events into the record: finds the place of each, and folds it in.</summary>
/// <remarks>As long as nothing is doubtful, events are added one by one. Where a tie would break a limit or a ruling, all that is tied together is worked out afresh.</remarks>
internal sealed class Merger(IdentityRules rules, Rulings rulings, RecordSession record, ErasureSieve sieve)
{
    private readonly Dictionary<long, Guid> outdated = [];
    private readonly Placement placement = new(rulings, record);
    private readonly Dictionary<Guid, EventRow?> expected = [];

    /// <summary>A merger within a transaction, under the configuration and the decisions that hold.</summary>
    public static Merger Of(DbSession session, HubConfiguration configuration, ErasureKey key, TimeProvider time)
    {
        var decisions = DecisionBook.Read(session);
        var survivorship = new Survivorship(configuration.Identity, decisions);
        return new Merger(new IdentityRules(configuration), new Rulings(configuration.Identity.Limits, decisions.Links), new RecordSession(session, survivorship, survivorship, time), new ErasureSieve(session, configuration, key, time));
    }

    /// <summary>Merges a batch within one transaction and marks the deliveries done whose events are all in the record.</summary>
    /// <returns>What is to be published after the commit.</returns>
    public List<OutboxMessage> Merge(IReadOnlyList<MergeItem> items)
    {
        Expect(items);
        foreach (var item in items.Select(sieve.Pass).OfType<MergeItem>()) Merge(item);
        var messages = record.Save();
        if (outdated.Count > 0)
        {
            record.Trigger(outdated.Values);
            new Reevaluation(rules, rulings, record).Run(outdated.Keys.Select(record.Session.GroupOfEvent).OfType<long>());
            messages.AddRange(record.Save());
        }
        messages.AddRange(sieve.Settle());
        MarkDone([.. items.DistinctBy(item => item.DeliveryId)]);
        return messages;
    }

    // What the batch will ask for is read in one query for each table: with a database elsewhere it is the round trips that cost.
    private void Expect(IReadOnlyList<MergeItem> items)
    {
        HashSet<string> nodes = new(StringComparer.Ordinal);
        HashSet<string> entities = new(StringComparer.Ordinal);
        foreach (var item in items)
        {
            foreach (var node in item.IdentityUnder(rules).Nodes) nodes.Add(node.Name);
            foreach (var reference in EntityReferences.Of(item.Event))
            {
                if (reference is { Tells: true, BelongsToOnePerson: true }) entities.Add(IdentityNode.Of(reference, item.Event.Connection).Name);
            }
            expected[item.Event.EventId] = null;
        }
        record.Expect(nodes, entities);
        foreach (var row in record.Session.FindEvents(expected.Keys)) expected[row.EventId] = row;
    }

    private void MarkDone(List<MergeItem> deliveries)
    {
        var hinting = HydrationStore.Hinting(record.Session, deliveries.Select(delivery => delivery.DeliveryId));
        var several = deliveries.Where(delivery => delivery.EventsOfDelivery > 1).Select(delivery => delivery.DeliveryId).ToList();
        var counts = several.Count == 0 ? [] : record.Session.CountEventsOf(several);
        List<MergeItem> done = [.. deliveries.Where(delivery => delivery.EventsOfDelivery == 1 || counts.GetValueOrDefault(delivery.DeliveryId) + sieve.CountDropped(delivery.DeliveryId) >= delivery.EventsOfDelivery)];
        InboxStore.MarkDone(record.Session, [.. done.Select(delivery => delivery.DeliveryId).Where(id => !hinting.Contains(id))]);
        foreach (var delivery in done)
        {
            if (hinting.Contains(delivery.DeliveryId)) InboxStore.MarkWaiting(record.Session, delivery.DeliveryId);
            if (delivery.Unread is { } unread) InboxStore.MarkPartlyRead(record.Session, delivery.DeliveryId, unread);
            sieve.Finish(delivery.DeliveryId);
        }
    }

    private void Merge(MergeItem item)
    {
        var body = item.Content;
        // The second telling within the batch finds what the first one has stored.
        var known = expected.Remove(item.Event.EventId, out var read) ? read : record.Session.FindEvent(item.Event.EventId);
        if (known is { } stored)
        {
            record.Session.LinkDelivery(item.DeliveryId, stored.Key);
            if (Replaces(item, body, stored)) Replace(item, body, stored);
        }
        else
        {
            record.Session.TellsNew(item.DeliveryId, Add(item, body));
        }
    }

    private long Add(MergeItem item, byte[] body)
    {
        var (named, unusable) = item.IdentityUnder(rules);
        if (named.Count == 0) return record.Session.InsertEvent(item.Event, body, null, item.DeliveryId);
        var nodes = named.Where(node => record.Node(node.Name) is not { Links: false }).ToList();
        if (nodes.Count == 0) nodes.Add(IdentityNode.OfEvent(item.Event.EventId));
        var place = placement.Of(nodes, Said(item.Event));
        var eventKey = record.Session.InsertEvent(item.Event, body, place.Anchor.Key, item.DeliveryId);
        foreach (var unlinked in named.Except(nodes)) record.Session.Mention(unlinked.Name, eventKey);
        if (place.Contact is { } contact)
        {
            contact.State.Apply(item.Event, place.Own, [.. unusable, .. UnlinkedValue.Of(named.Except(nodes))]);
            record.ApplyEntities(item.Event, place.Anchor);
            record.Touch(contact.Key, item.Event.EventId);
        }
        else
        {
            outdated.Add(eventKey, item.Event.EventId);
        }
        return eventKey;
    }

    // One fact can be told in two ways, by two topics or by a connector that has learnt. Which one counts must not depend on which came
    // first: what the same delivery says today replaces what it said before; between deliveries the earlier time counts, then the lower bytes.
    private static bool Replaces(MergeItem item, byte[] body, EventRow stored)
    {
        if (body.AsSpan().SequenceEqual(stored.Body)) return false;
        if (item.DeliveryId == stored.DeliveryId) return true;
        var held = stored.Read();
        if (item.Event.TimeBasis != held.TimeBasis) return item.Event.TimeBasis is TimeBasis.Vendor;
        if (item.Event.TimeBasis is TimeBasis.Arrival) return Content(item.Event with { OccurredAt = default }).AsSpan().SequenceCompareTo(Content(held with { OccurredAt = default })) < 0;
        var byTime = item.Event.OccurredAt.CompareTo(held.OccurredAt);
        return byTime != 0 ? byTime < 0 : body.AsSpan().SequenceCompareTo(stored.Body) < 0;
    }

    // What the event said before was folded in and can't be taken out: its people are worked out afresh.
    private void Replace(MergeItem item, byte[] body, EventRow stored)
    {
        record.Session.ReplaceEvent(stored.Key, item.Event, body, item.DeliveryId);
        if (stored.NodeKey is null)
        {
            var anchor = IdentityNode.OfEvent(item.Event.EventId);
            record.Session.MoveEvent(stored.Key, placement.Of([anchor], Said(item.Event)).Anchor.Key);
        }
        outdated[stored.Key] = item.Event.EventId;
    }

    private static FirstSaid Said(ContactEvent contactEvent) => new(Stamp.Of(contactEvent).At, contactEvent.EventId);

    /// <summary>What counts as the event's content, and is stored: everything but the arrival, which two tellings of one fact may differ in.</summary>
    public static byte[] Content(ContactEvent contactEvent) => ContractJson.Serialize(contactEvent with { ReceivedAt = default });
}
