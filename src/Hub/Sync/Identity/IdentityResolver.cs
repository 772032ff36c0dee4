namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>
/// Works out who is who: a pure function of a set of claims and rulings. Ties are taken the strongest first, then the one said first, then by
/// event id, and each is taken unless it would break a limit or a ruling; so the outcome depends on the set alone, not on the order of arrival.
/// </summary>
internal sealed class IdentityResolver(Rulings rulings)
{
    public Resolution Resolve(IReadOnlyList<IdentityClaim> claims)
    {
        var shared = SharedValues.Find(claims, rulings.Limits.SharedAbove);
        var usable = claims.Select(claim => (Claim: claim, Nodes: Usable(claim, shared))).ToList();
        var people = new PeopleInTheMaking(rulings);
        foreach (var (_, nodes) in usable) people.Add(nodes);
        foreach (var ruling in rulings.Links.Where(link => link.Joins).Order()) people.Join(ruling);
        List<RefusedTie> refused = [];
        foreach (var tie in Ties(usable)) Take(tie, people, refused);
        return new Resolution
        {
            People = [.. usable.GroupBy(claim => people.Find(claim.Nodes[0].Name), StringComparer.Ordinal).Select(group => Person(group.ToList(), people))],
            Refused = [.. refused.Where(tie => people.Find(tie.One) != people.Find(tie.Other))],
            Shared = [.. shared.Values.OrderBy(value => value.Node, StringComparer.Ordinal)],
        };
    }

    // An event whose every value is shared concerns somebody whom nothing else is known of.
    private static IReadOnlyList<IdentityNode> Usable(IdentityClaim claim, Dictionary<string, SharedValue> shared)
    {
        if (shared.Count == 0) return claim.Nodes;
        var usable = claim.Nodes.Where(node => !shared.ContainsKey(node.Name)).ToList();
        return usable.Count > 0 ? usable : [IdentityNode.OfEvent(claim.EventId)];
    }

    /// <summary>The ties among the claims, in the order in which they are taken.</summary>
    internal static List<Tie> Ties(IEnumerable<(IdentityClaim Claim, IReadOnlyList<IdentityNode> Nodes)> claims)
    {
        Dictionary<(string, string), Tie> ties = [];
        foreach (var (claim, nodes) in claims)
        {
            var said = new FirstSaid(claim.At, claim.EventId);
            foreach (var other in nodes.Skip(1))
            {
                var key = (nodes[0].Name, other.Name);
                if (!ties.TryGetValue(key, out var known) || said < known.First) ties[key] = new Tie(nodes[0], other, said);
            }
        }
        return [.. ties.Values.Order()];
    }

    private static void Take(Tie tie, PeopleInTheMaking people, List<RefusedTie> refused)
    {
        if (people.WhyNot(tie.One.Name, tie.Other.Name) is { } reason) refused.Add(new RefusedTie(tie.One.Name, tie.Other.Name, reason, tie.First));
        else people.Join(tie.One.Name, tie.Other.Name);
    }

    private static ResolvedPerson Person(List<(IdentityClaim Claim, IReadOnlyList<IdentityNode> Nodes)> claims, PeopleInTheMaking people) =>
        new(people.NodesOf(claims[0].Nodes[0].Name), [.. claims.Select(claim => (claim.Claim, claim.Nodes[0].Name))]);

    internal sealed record Tie(IdentityNode One, IdentityNode Other, FirstSaid First) : IComparable<Tie>
    {
        public int CompareTo(Tie? other)
        {
            if (other is null) return 1;
            var byWeaker = Math.Max(One.Rank, Other.Rank).CompareTo(Math.Max(other.One.Rank, other.Other.Rank));
            if (byWeaker != 0) return byWeaker;
            var byStronger = Math.Min(One.Rank, Other.Rank).CompareTo(Math.Min(other.One.Rank, other.Other.Rank));
            if (byStronger != 0) return byStronger;
            var bySaid = First.CompareTo(other.First);
            if (bySaid != 0) return bySaid;
            var byOne = string.CompareOrdinal(One.Name, other.One.Name);
            return byOne != 0 ? byOne : string.CompareOrdinal(Other.Name, other.Other.Name);
        }
    }
}
