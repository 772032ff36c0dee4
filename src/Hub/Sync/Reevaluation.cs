using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync;

/// <summary>Works out groups of contacts afresh from their events, where adding is not enough: a tie is doubtful, a decision has come or gone, or what an event says has changed.</summary>
internal sealed class Reevaluation(IdentityRules rules, Rulings rulings, RecordSession record)
{
    private readonly SortedSet<long> groups = [];
    private readonly Dictionary<Guid, Member> members = [];
    private readonly HashSet<long> nobodys = [];

    /// <summary>Evaluates these groups, and all that their events and rulings tie them to, from nothing.</summary>
    public void Run(IEnumerable<long> groupKeys)
    {
        groups.UnionWith(groupKeys);
        Gather();
        var resolution = Resolve();
        while (SharedBecauseOf(resolution.Shared.Select(value => value.Node)) is { Count: > 0 } doubtful)
        {
            Free(doubtful);
            resolution = Resolve();
        }
        Write(resolution);
    }

    /// <summary>Takes a value out of all contacts, and evaluates those that it was part of.</summary>
    public void RunBlocked(string node)
    {
        if (record.Node(node)?.GroupKey is { } group) groups.Add(group);
        Gather();
        var doubtful = SharedBecauseOf([node]);
        foreach (var member in members.Values.Where(member => member.Claim.Nodes[0].Name == node)) KeepElsewhere(member);
        record.Unlink(node, NodeStanding.Blocked);
        Free(doubtful);
        Run([]);
    }

    // A node that leaves its group must not take along the events that are kept there, nor leave their contact without any.
    private void KeepElsewhere(Member member)
    {
        var own = IdentityNode.OfEvent(member.Event.EventId).Name;
        var row = record.Node(own) ?? record.Attach(own, member.Row.ContactKey, record.Node(member.Claim.Nodes[0].Name)?.GroupKey);
        record.Session.MoveEvent(member.Row.Key, row.Key);
    }

    /// <summary>Evaluates all that a value ties together which links again.</summary>
    public void RunFreed(string node)
    {
        Free([node]);
        Run([]);
        if (record.Node(node) is { Links: true, GroupKey: null } unused) record.RemoveNode(unused);
    }

    /// <summary>Evaluates groups that events were taken out of; values that were shared with them are counted again.</summary>
    public void RunWithout(IEnumerable<long> groupKeys, IReadOnlyCollection<string> shared)
    {
        groups.UnionWith(groupKeys);
        Free(shared);
        Run([]);
        foreach (var node in shared.Select(record.Node).OfType<NodeRow>().Where(node => node is { Links: true, GroupKey: null })) record.RemoveNode(node);
    }

    private Resolution Resolve() => new IdentityResolver(rulings).Resolve([.. members.Values.Select(member => member.Claim)]);

    // A value can be shared because of the company of one that links no more; whether it still is has to be counted again.
    private HashSet<string> SharedBecauseOf(IEnumerable<string> unlinked)
    {
        var gone = unlinked.ToHashSet(StringComparer.Ordinal);
        return gone.Count == 0
            ? []
            : [.. members.Values.Where(member => member.Claim.Nodes.Any(node => gone.Contains(node.Name))).SelectMany(member => member.Unlinked)
                .Where(name => record.Node(name) is { Standing: NodeStanding.Shared })];
    }

    /// <summary>Lets values link again, and gathers all events that mention them.</summary>
    private void Free(IReadOnlyCollection<string> nodes)
    {
        foreach (var node in nodes)
        {
            record.Unlink(node, NodeStanding.Links);
            groups.UnionWith(record.Session.EventsMentioning(node).Select(record.Session.GroupOfEvent).OfType<long>());
            record.Session.ForgetMentions(node);
        }
        Gather();
    }

    // What the events of a group say can tie it to further groups, whose events then count too.
    private void Gather()
    {
        members.Clear();
        nobodys.Clear();
        HashSet<long> gathered = [];
        while (groups.Except(gathered).ToList() is { Count: > 0 } missing)
        {
            foreach (var group in missing)
            {
                gathered.Add(group);
                foreach (var node in record.NodesOfGroup(group)) Tie(rulings.JoinedWith(node.Name));
                foreach (var row in record.Session.EventsOfGroup(group)) Add(row);
            }
        }
    }

    private void Add(EventRow row)
    {
        var contactEvent = row.Read();
        var (named, unusable) = rules.Read(contactEvent);
        if (named.Count == 0)
        {
            nobodys.Add(row.Key);
            return;
        }
        var nodes = named.Where(node => record.Node(node.Name) is not { Links: false }).ToList();
        var unlinked = named.Except(nodes).Select(node => node.Name).ToList();
        if (nodes.Count == 0) nodes.Add(IdentityNode.OfEvent(contactEvent.EventId));
        members[contactEvent.EventId] = new Member(row, contactEvent, new IdentityClaim(contactEvent.EventId, Stamp.Of(contactEvent).At, nodes), unlinked, [.. unusable, .. UnlinkedValue.Of(named)]);
        Tie(nodes.Select(node => node.Name));
        Tie(nodes.SelectMany(node => rulings.JoinedWith(node.Name)));
    }

    private void Tie(IEnumerable<string> nodes) => groups.UnionWith(nodes.Select(name => record.Node(name)?.GroupKey).OfType<long>());

    private void Write(Resolution resolution)
    {
        var known = groups.SelectMany(record.NodesOfGroup).ToList();
        foreach (var group in groups)
        {
            record.ResetEntities(group);
            record.Uncontest(group);
        }
        foreach (var value in resolution.Shared)
        {
            record.Unlink(value.Node, NodeStanding.Shared);
            record.Session.UpsertSharedValue(value);
        }
        foreach (var member in members.Values) Mention(member);
        // An event that names nobody any more is kept, as one that never did.
        foreach (var eventKey in nobodys) record.Session.MoveEvent(eventKey, null);
        var written = new ResolutionWriter(record, rulings, members).Write(resolution, known.Select(node => node.ContactKey).OfType<long>().ToHashSet());
        foreach (var node in known.Where(node => !written.Contains(node.Name) && record.Node(node.Name) is { Links: true })) record.RemoveNode(node);
    }

    private void Mention(Member member)
    {
        foreach (var name in member.Unlinked.Concat(member.Claim.Nodes.Select(node => node.Name).Where(name => record.Node(name) is { Links: false })))
            record.Session.Mention(name, member.Row.Key);
    }

    /// <summary>An event of the groups, and what it claims.</summary>
    /// <param name="Unlinked">Values that it names and that link nobody.</param>
    /// <param name="Values">Its values: those that can't link, and those that are nodes, whether they link or not.</param>
    internal sealed record Member(EventRow Row, ContactEvent Event, IdentityClaim Claim, IReadOnlyList<string> Unlinked, IReadOnlyList<UnlinkedValue> Values);
}
