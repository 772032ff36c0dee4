using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Sync;

/// <summary>Here two people become one, when an event names identifiers of both. Finds the place of an event among the contacts: in a new one, with one, joining several, or among those that have to be worked out afresh.</summary>
internal sealed class Placement(Rulings rulings, RecordSession record)
{
    private readonly SettledTies settled = new(rulings, record);

    /// <summary>The place of an event with these nodes; the nodes are tied to it.</summary>
    /// <param name="nodes">The nodes, the strongest first.</param>
    /// <param name="said">When it was said, and by which event.</param>
    public Place Of(IReadOnlyList<IdentityNode> nodes, FirstSaid said)
    {
        var known = Known(nodes);
        var fresh = nodes.Where(node => record.Node(node.Name) is null).ToList();
        var contacts = known.Select(node => node.ContactKey).OfType<long>().Distinct().Order().ToList();
        var groups = known.Select(node => node.GroupKey).OfType<long>().ToHashSet();
        if (groups.Count == 1 && record.IsContested(groups.Single()) && settled.Cover(groups.Single(), nodes, said)) return Settle(nodes, groups.Single(), said);
        if (known.Exists(node => node.ContactKey is null) || groups.Any(record.IsContested) || IsTooMuch(fresh, contacts)) return new Place(Contest(nodes, groups), null, []);
        var contact = contacts.Count == 0 ? record.NewContact(nodes[0].Name) : record.Contact(contacts[0]);
        foreach (var loser in contacts.Skip(1)) record.Merge(contact, loser, said.EventId);
        return new Place(Attach(nodes, _ => contact.Key, contact.Key), contact, nodes);
    }

    /// <summary>The stored nodes among these, and those that rulings join them with.</summary>
    private List<NodeRow> Known(IReadOnlyList<IdentityNode> nodes) =>
        [.. nodes.Select(node => node.Name).Concat(nodes.SelectMany(node => rulings.JoinedWith(node.Name))).Distinct()
            .Select(record.Node).OfType<NodeRow>().Where(node => node.GroupKey is not null)];

    // One that a ruling made larger than a limit may stay so, but not grow: only parts that add to each other can be too much.
    private bool IsTooMuch(List<IdentityNode> fresh, List<long> contacts)
    {
        if (contacts.Count <= 1 && fresh.Count == 0) return false;
        var together = new ContactSize();
        var names = fresh.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var part in fresh.Select(ContactSize.Of).Concat(contacts.Select(key => ContactSize.Of(record.Contact(key).State))))
        {
            if (ContactSize.WhyNotTogether(together, part, rulings.Limits) is not null) return true;
            together.Add(part);
        }
        if (!rulings.KeepAnyApart) return false;
        foreach (var key in contacts) names.UnionWith(record.Contact(key).State.Identifiers.Keys);
        return rulings.KeepApart(names);
    }

    // Of the nodes of a contested group some may belong to other contacts, or to none: those were refused.
    private Place Settle(IReadOnlyList<IdentityNode> nodes, long groupKey, FirstSaid said)
    {
        var contact = record.Contact(record.Node(nodes[0].Name)?.ContactKey ?? throw new InvalidOperationException("The strongest node belongs to nobody."));
        var anchor = Attach(nodes, node => record.Node(node.Name) is { } row ? row.ContactKey : contact.Key, groupKey);
        settled.Add(groupKey, nodes, said);
        settled.Save();
        return new Place(anchor, contact, [.. nodes.Where(node => record.Node(node.Name)?.ContactKey == contact.Key)]);
    }

    private NodeRow Contest(IReadOnlyList<IdentityNode> nodes, HashSet<long> groups)
    {
        var first = groups.Count == 0 ? record.NewContact(nodes[0].Name).Key : (long?)null;
        var group = first ?? record.JoinGroups(groups);
        record.Contest(group);
        return Attach(nodes, node => first ?? record.Node(node.Name)?.ContactKey, group);
    }

    private NodeRow Attach(IReadOnlyList<IdentityNode> nodes, Func<IdentityNode, long?> contactOf, long groupKey)
    {
        NodeRow? anchor = null;
        foreach (var node in nodes)
        {
            var row = record.Attach(node.Name, contactOf(node), groupKey);
            anchor ??= row;
        }
        return anchor ?? throw new ArgumentException("An event without nodes has no place.", nameof(nodes));
    }
}

/// <summary>Where an event belongs.</summary>
/// <param name="Anchor">The node where it is kept.</param>
/// <param name="Contact">The contact to fold it into; null when its group has to be worked out afresh.</param>
/// <param name="Own">Those of its nodes that belong to the contact.</param>
internal readonly record struct Place(NodeRow Anchor, ContactRow? Contact, IReadOnlyList<IdentityNode> Own);
