using IntegrationHub.Contracts;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Sync;

/// <summary>Merges events into the record. Here two people become one: when an event names identifiers that belong to both.</summary>
internal sealed class Merger(IdentityRules rules, RecordSession record)
{
    private readonly HashSet<long> replaced = [];

    /// <summary>Merges a batch within one transaction and marks the deliveries done whose events are all in the record.</summary>
    /// <returns>What is to be published after the commit.</returns>
    public List<OutboxMessage> Merge(IReadOnlyList<MergeItem> items)
    {
        foreach (var item in items) Merge(item);
        var messages = record.Save();
        if (replaced.Count > 0)
        {
            new Reevaluation(rules, record).Run(replaced.Select(record.Session.ContactOfEvent).OfType<long>());
            messages.AddRange(record.Save());
        }
        foreach (var delivery in items.DistinctBy(item => item.DeliveryId))
        {
            if (delivery.EventsOfDelivery == 1 || record.Session.CountEventsOfDelivery(delivery.DeliveryId) >= delivery.EventsOfDelivery)
                InboxStore.MarkDone(record.Session, delivery.DeliveryId);
        }
        return messages;
    }

    private void Merge(MergeItem item)
    {
        var body = Content(item.Event);
        if (record.Session.FindEvent(item.Event.EventId) is { } stored)
        {
            record.Session.LinkDelivery(item.DeliveryId, stored.Key);
            if (Replaces(item, body, stored)) Replace(item, body, stored);
        }
        else
        {
            record.Session.LinkDelivery(item.DeliveryId, Add(item, body));
        }
    }

    private long Add(MergeItem item, byte[] body)
    {
        var nodes = rules.NodesOf(item.Event);
        if (nodes.Count == 0) return record.Session.InsertEvent(item.Event, body, null, item.DeliveryId);
        var contact = ContactOf(nodes, item.Event.EventId);
        var anchor = Attach(nodes, contact.Key);
        contact.State.Apply(item.Event, nodes);
        record.ApplyEntities(item.Event, anchor, contact);
        record.Touch(contact.Key, item.Event.EventId);
        return record.Session.InsertEvent(item.Event, body, anchor.Key, item.DeliveryId);
    }

    /// <summary>The contact of these nodes: a new one when none is known, the oldest when they belong to several, which then are one.</summary>
    private ContactRow ContactOf(IReadOnlyList<IdentityNode> nodes, Guid cause)
    {
        var known = nodes.Select(node => record.Node(node.Name)?.ContactKey).OfType<long>().Distinct().Order().ToList();
        if (known.Count == 0) return record.NewContact();
        var survivor = record.Contact(known[0]);
        foreach (var loser in known.Skip(1)) record.Merge(survivor, loser, cause);
        return survivor;
    }

    /// <summary>Ties the nodes to the contact.</summary>
    /// <returns>The strongest one, where the event is kept.</returns>
    private NodeRow Attach(IReadOnlyList<IdentityNode> nodes, long contactKey)
    {
        NodeRow? anchor = null;
        foreach (var node in nodes)
        {
            var row = record.Attach(node.Name, contactKey);
            anchor ??= row;
        }
        return anchor ?? throw new ArgumentException("An event without nodes belongs to no contact.", nameof(nodes));
    }

    // One fact can be told in two ways, by two topics or by a connector that has learnt. Which one counts must not depend on which came
    // first: what the same delivery says today replaces what it said before; between deliveries the earlier time counts, then the lower bytes.
    private static bool Replaces(MergeItem item, byte[] body, EventRow stored)
    {
        if (body.AsSpan().SequenceEqual(stored.Body)) return false;
        if (item.DeliveryId == stored.DeliveryId) return true;
        var held = stored.Read();
        if (item.Event.TimeBasis != held.TimeBasis) return item.Event.TimeBasis is TimeBasis.Vendor;
        if (item.Event.TimeBasis is TimeBasis.Arrival) return false;
        var byTime = item.Event.OccurredAt.CompareTo(held.OccurredAt);
        return byTime != 0 ? byTime < 0 : body.AsSpan().SequenceCompareTo(stored.Body) < 0;
    }

    private void Replace(MergeItem item, byte[] body, EventRow stored)
    {
        record.Session.ReplaceEvent(stored.Key, item.Event, body, item.DeliveryId);
        var nodes = rules.NodesOf(item.Event);
        if (stored.NodeKey is null && nodes.Count > 0)
        {
            var anchor = Attach(nodes, ContactOf(nodes, item.Event.EventId).Key);
            record.Session.MoveEvent(stored.Key, anchor.Key);
        }
        replaced.Add(stored.Key);
    }

    // What counts as the event's content: everything but the arrival, which two tellings of one fact may differ in.
    private static byte[] Content(ContactEvent contactEvent) => ContractJson.Serialize(contactEvent with { ReceivedAt = default });
}
