namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>Nodes that are joined into people step by step, within limits and rulings.</summary>
internal sealed class PeopleInTheMaking(Rulings rulings)
{
    private readonly DisjointSets sets = new();
    private readonly Dictionary<string, Making> making = new(StringComparer.Ordinal);

    public void Add(IReadOnlyList<IdentityNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (!making.ContainsKey(node.Name)) making.Add(node.Name, new Making(node));
        }
    }

    /// <summary>The name that stands for the person of this node.</summary>
    public string Find(string node) => sets.Find(node);

    public IReadOnlyList<string> NodesOf(string node)
    {
        var nodes = making[Find(node)].Nodes;
        nodes.Sort(StringComparer.Ordinal);
        return nodes;
    }

    /// <summary>Why two nodes may not be one person; null when they may, or are already.</summary>
    public string? WhyNot(string one, string other)
    {
        var (a, b) = (making[Find(one)], making[Find(other)]);
        if (ReferenceEquals(a, b)) return null;
        if (RuledApart(a, b)) return "a ruling says that these are different people";
        return ContactSize.WhyNotTogether(a.Size, b.Size, rulings.Limits);
    }

    public void Join(string one, string other)
    {
        var (a, b) = (making[Find(one)], making[Find(other)]);
        if (ReferenceEquals(a, b)) return;
        sets.Join(one, other);
        var (large, small) = a.Nodes.Count >= b.Nodes.Count ? (a, b) : (b, a);
        large.Absorb(small);
        making[Find(one)] = large;
    }

    /// <summary>Joins what a ruling joins, past any limit; a ruling that says the contrary is stronger.</summary>
    public void Join(LinkRuling ruling)
    {
        if (!making.ContainsKey(ruling.One) || !making.ContainsKey(ruling.Other)) return;
        if (!RuledApart(making[Find(ruling.One)], making[Find(ruling.Other)])) Join(ruling.One, ruling.Other);
    }

    private bool RuledApart(Making a, Making b)
    {
        if (!rulings.KeepAnyApart) return false;
        var (small, large) = a.Nodes.Count <= b.Nodes.Count ? (a, b) : (b, a);
        var root = Find(large.Nodes[0]);
        return small.Nodes.Exists(node => rulings.ApartFrom(node).Any(other => making.ContainsKey(other) && Find(other) == root));
    }

    private sealed class Making
    {
        public Making(IdentityNode node)
        {
            Nodes = [node.Name];
            Size.Add(node.Kind, node.Connection);
        }

        public List<string> Nodes { get; }

        public ContactSize Size { get; } = new();

        public void Absorb(Making other)
        {
            Nodes.AddRange(other.Nodes);
            Size.Add(other.Size);
        }
    }
}
