using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Privacy;

/// <summary>Whether an event is of somebody erased. Looks at the event and the tombstones alone, so that it says the same whenever the event is told.</summary>
internal sealed class ErasureRule(DbSession session, ErasureKey key, IdentityRules rules)
{
    public ErasureVerdict Judge(ContactEvent contactEvent)
    {
        var nodes = rules.NodesOf(contactEvent);
        var at = contactEvent.OccurredAt.ToDb();
        HashSet<long> droppers = [.. session.ErasuresOfConnection(contactEvent.Connection, contactEvent.OccurredAt),
            .. session.Tombstones(key.Hash(contactEvent.EventId)).Where(known => known.Kind is TombstoneKind.Event).Select(known => known.ErasureKey)];
        var hits = nodes.SelectMany(node => session.Tombstones(key.Hash(node.Name)).Where(known => at <= known.Until).Select(known => (Node: node, known.ErasureKey, known.Kind))).ToList();
        foreach (var erasure in hits.GroupBy(hit => hit.ErasureKey))
        {
            var names = erasure.Where(hit => hit.Kind is TombstoneKind.Name).Select(hit => hit.Node).ToHashSet();
            var hasStranger = erasure.Any(hit => hit.Kind is TombstoneKind.Stranger && IsAccount(hit.Node));
            if (IsOf(nodes, names, hasStranger)) droppers.Add(erasure.Key);
        }
        return new ErasureVerdict(nodes, droppers, hits.Where(hit => hit.Kind is TombstoneKind.Name).Select(hit => hit.Node.Name).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Remembers an event that is dropped, and its entities: what names one of these alone is erased, too.</summary>
    /// <returns>The entities that were not known as erased.</returns>
    public List<string> Remember(Guid eventId, ErasureVerdict verdict)
    {
        List<string> added = [];
        foreach (var erasure in verdict.Droppers)
        {
            session.InsertTombstone(key.Hash(eventId), erasure, TombstoneKind.Event);
            added.AddRange(verdict.Nodes.Where(node => !node.IsIdentifier && session.InsertTombstone(key.Hash(node.Name), erasure, TombstoneKind.Name)).Select(node => node.Name));
        }
        return added;
    }

    private static bool IsOf(IReadOnlyList<IdentityNode> nodes, HashSet<IdentityNode> names, bool hasStranger)
    {
        if (names.Any(node => !node.IsIdentifier)) return true;
        if (nodes.FirstOrDefault(IsAccount) is { } account && names.Contains(account)) return true;
        if (!hasStranger && names.Any(node => node.Kind is IdentifierKind.Email)) return true;
        return names.Contains(nodes[0]) && !nodes.Any(node => IsAccount(node) || node.Kind is IdentifierKind.Email);
    }

    private static bool IsAccount(IdentityNode node) => node.Kind is IdentifierKind.User or IdentifierKind.Customer;
}

/// <summary>What the rule says of an event.</summary>
/// <param name="Nodes">The event's nodes.</param>
/// <param name="Droppers">The erasures whose person it is about; with none it stays.</param>
/// <param name="Erased">Names of the nodes that are erased.</param>
internal sealed record ErasureVerdict(IReadOnlyList<IdentityNode> Nodes, IReadOnlySet<long> Droppers, IReadOnlySet<string> Erased)
{
    public bool IsDropped => Droppers.Count > 0;

    /// <summary>Whether it is about somebody else, and names somebody erased.</summary>
    public bool IsRedacted => !IsDropped && Erased.Count > 0;
}
