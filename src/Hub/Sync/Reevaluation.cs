using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync;

/// <summary>Works out groups of contacts afresh from their events, where adding is not enough: a tie is doubtful, a ruling has come or gone, or what an event says has changed.</summary>
internal sealed class Reevaluation(IdentityRules rules, Rulings rulings, RecordSession record)
{
    private readonly SortedSet<long> groups = [];
    private readonly Dictionary<string, Member> members = new(StringComparer.Ordinal);

    /// <summary>Evaluates these groups, and all that their events and rulings tie them to, from nothing.</summary>
    public void Run(IEnumerable<long> groupKeys)
    {
        groups.UnionWith(groupKeys);
        Gather();
        var known = groups.SelectMany(record.Session.NodesOfGroup).ToList();
        var old = known.Select(node => node.ContactKey).OfType<long>().ToHashSet();
        foreach (var group in groups)
        {
            record.Session.DeleteEntitiesOfGroup(group);
            record.Uncontest(group);
        }
        var resolution = new IdentityResolver(rulings).Resolve([.. members.Values.Select(member => member.Claim)]);
        foreach (var value in resolution.Shared) Share(value);
        var written = new ResolutionWriter(record, rulings, members).Write(resolution, old);
        foreach (var node in known.Where(node => !written.Contains(node.Name) && record.Node(node.Name) is { IsShared: false })) record.RemoveNode(node);
    }

    // What the events of a group say can tie it to further groups, whose events then count too.
    private void Gather()
    {
        HashSet<long> gathered = [];
        while (groups.Except(gathered).ToList() is { Count: > 0 } missing)
        {
            foreach (var group in missing)
            {
                gathered.Add(group);
                foreach (var row in record.Session.EventsOfGroup(group)) Add(row);
                foreach (var node in record.Session.NodesOfGroup(group)) Tie(rulings.JoinedWith(node.Name));
            }
        }
    }

    private void Add(EventRow row)
    {
        var contactEvent = row.Read();
        var named = rules.NodesOf(contactEvent);
        var nodes = named.Where(node => record.Node(node.Name) is not { IsShared: true }).ToList();
        if (nodes.Count == 0) nodes.Add(IdentityNode.OfEvent(contactEvent.EventId));
        foreach (var shared in named.Except(nodes)) record.Session.MentionShared(shared.Name, row.Key);
        members[contactEvent.EventId.ToString("N")] = new Member(row, contactEvent, new IdentityClaim(contactEvent.EventId, Stamp.Of(contactEvent).At, nodes));
        Tie(nodes.Select(node => node.Name));
        Tie(nodes.SelectMany(node => rulings.JoinedWith(node.Name)));
    }

    private void Tie(IEnumerable<string> nodes) => groups.UnionWith(nodes.Select(name => record.Node(name)?.GroupKey).OfType<long>());

    private void Share(SharedValue value)
    {
        record.Share(value);
        foreach (var member in members.Values.Where(member => member.Claim.Nodes.Any(node => node.Name == value.Node))) record.Session.MentionShared(value.Node, member.Row.Key);
    }

    /// <summary>An event of the groups, and what it claims.</summary>
    internal sealed record Member(EventRow Row, ContactEvent Event, IdentityClaim Claim);
}
