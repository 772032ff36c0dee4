using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Sync;

/// <summary>Here two people become one, when an event names identifiers of both. Finds the place of an event among the contacts: in a new one, with one, joining several, or among those that have to be worked out afresh.</summary>
internal sealed class Placement(Rulings rulings, RecordSession record)
{
    /// <summary>The place of an event with these nodes; the nodes are tied to it.</summary>
    /// <param name="nodes">The nodes, the strongest first.</param>
    /// <param name="cause">The event.</param>
    /// <returns>The node where the event is kept, and the contact to fold it into; no contact when the group has to be worked out afresh.</returns>
    public (NodeRow Anchor, ContactRow? Contact) Of(IReadOnlyList<IdentityNode> nodes, Guid cause)
    {
        var known = Known(nodes);
        var fresh = nodes.Where(node => record.Node(node.Name) is null).ToList();
        var contacts = known.Select(node => node.ContactKey).OfType<long>().Distinct().Order().ToList();
        var groups = known.Select(node => node.GroupKey).OfType<long>().ToHashSet();
        if (known.Exists(node => node.ContactKey is null) || groups.Any(record.IsContested) || IsTooMuch(fresh, contacts)) return (Contest(nodes, groups), null);
        var contact = contacts.Count == 0 ? record.NewContact(nodes[0].Name) : record.Contact(contacts[0]);
        foreach (var loser in contacts.Skip(1)) record.Merge(contact, loser, cause);
        return (Attach(nodes, _ => contact.Key, contact.Key), contact);
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
