using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Sync;

/// <summary>
/// What the events of a contested group have said about who belongs to whom. An event that says nothing new about it cannot change the
/// outcome, so it is folded in like any other, and the group is not worked out afresh.
/// </summary>
internal sealed class SettledTies(Rulings rulings, RecordSession record)
{
    private readonly Dictionary<(long Group, long One, long Other), ClaimedPair> pairs = [];

    /// <summary>Remembers what an event says.</summary>
    public void Add(long groupKey, IReadOnlyList<IdentityNode> nodes, FirstSaid said)
    {
        foreach (var (one, other) in Pairs(nodes))
        {
            var key = (groupKey, Key(one), Key(other));
            var held = pairs.GetValueOrDefault(key)?.Tied;
            pairs[key] = new ClaimedPair(one != nodes[0] || held < said ? held : said);
        }
    }

    public void Save()
    {
        foreach (var ((group, one, other), pair) in pairs) record.Session.InsertPair(group, one, other, pair);
        pairs.Clear();
    }

    /// <summary>Whether an event says nothing about identity that was not said before it, but for nodes of its own that concern nobody else.</summary>
    public bool Cover(long groupKey, IReadOnlyList<IdentityNode> nodes, FirstSaid said)
    {
        if (record.Node(nodes[0].Name)?.ContactKey is null) return false;
        var known = nodes.Where(node => record.Node(node.Name) is not null).ToList();
        return nodes.Where(node => record.Node(node.Name) is null).All(IsLeaf)
            && Pairs(known).All(pair => record.Session.FindPair(groupKey, Key(pair.One), Key(pair.Other)) is { } held && (pair.One != nodes[0] || held.Tied <= said));
    }

    // Neither limits nor rulings nor the count of people that share a value take notice of it.
    private bool IsLeaf(IdentityNode fresh) =>
        fresh.Kind is null or IdentifierKind.Anonymous && !rulings.JoinedWith(fresh.Name).Any() && !rulings.ApartFrom(fresh.Name).Any();

    // The strongest node ties all others; the further identifiers count for which values are shared.
    private static IEnumerable<(IdentityNode One, IdentityNode Other)> Pairs(IReadOnlyList<IdentityNode> nodes)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            for (var j = i + 1; j < nodes.Count; j++)
            {
                if (i == 0 || (nodes[i].IsIdentifier && nodes[j].IsIdentifier)) yield return (nodes[i], nodes[j]);
            }
        }
    }

    private long Key(IdentityNode node) => record.Node(node.Name)?.Key ?? throw new InvalidOperationException("The node of a tie is not stored.");
}
