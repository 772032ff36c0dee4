using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Sync;

/// <summary>Works out afresh, from their events, the contacts that can't be brought up to date by adding, because what one of their events says has changed.</summary>
internal sealed class Reevaluation(IdentityRules rules, RecordSession record)
{
    private readonly SortedSet<long> affected = [];

    /// <summary>Evaluates these contacts, and all that their events tie them to, from nothing.</summary>
    public void Run(IEnumerable<long> contactKeys)
    {
        affected.UnionWith(contactKeys);
        var members = Gather();
        var known = affected.SelectMany(record.Session.NodesOf).ToList();
        foreach (var contact in affected) record.Session.DeleteEntitiesOf(contact);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var taken = new HashSet<long>();
        foreach (var component in Components(members)) Write(component, used, taken);
        foreach (var nobody in members.Where(member => member.Nodes.Count == 0)) record.Session.MoveEvent(nobody.Row.Key, null);
        Retire(members, taken);
        foreach (var node in known.Where(node => !used.Contains(node.Name))) record.RemoveNode(node);
    }

    // The affected contacts' events can name nodes of further contacts, whose events then count too.
    private List<Member> Gather()
    {
        Dictionary<long, List<Member>> members = [];
        while (affected.Except(members.Keys).ToList() is { Count: > 0 } missing)
        {
            foreach (var contact in missing)
            {
                members[contact] = [.. record.Session.EventsOf(contact).Select(row => Read(row, contact))];
                affected.UnionWith(members[contact].SelectMany(member => member.Nodes).Select(node => record.Node(node.Name)?.ContactKey).OfType<long>());
            }
        }
        return [.. members.Values.SelectMany(list => list).OrderBy(member => member.Row.Key)];
    }

    private Member Read(EventRow row, long contact)
    {
        var contactEvent = row.Read();
        return new Member(row, contactEvent, rules.NodesOf(contactEvent), contact);
    }

    private static IEnumerable<List<Member>> Components(List<Member> members)
    {
        var sets = new DisjointSets();
        foreach (var member in members)
        {
            foreach (var node in member.Nodes) sets.Join(member.Nodes[0].Name, node.Name);
        }
        return members.Where(member => member.Nodes.Count > 0).GroupBy(member => sets.Find(member.Nodes[0].Name), StringComparer.Ordinal).Select(group => group.ToList());
    }

    // A component keeps the id of the oldest contact that its events were in, so that ids stay with the people they named.
    private void Write(List<Member> component, HashSet<string> used, HashSet<long> taken)
    {
        var old = component.Select(member => member.OldContact).Where(key => !taken.Contains(key)).Order().Cast<long?>().FirstOrDefault();
        var contact = old is { } key ? record.Reset(key) : record.NewContact();
        taken.Add(contact.Key);
        foreach (var member in component)
        {
            var anchor = member.Nodes.Select(node => record.Attach(node.Name, contact.Key)).ToList()[0];
            used.UnionWith(member.Nodes.Select(node => node.Name));
            if (member.Row.NodeKey != anchor.Key) record.Session.MoveEvent(member.Row.Key, anchor.Key);
            contact.State.Apply(member.Event, member.Nodes);
            record.ApplyEntities(member.Event, anchor, contact);
            record.Touch(contact.Key, member.Row.EventId);
        }
    }

    private void Retire(List<Member> members, HashSet<long> taken)
    {
        foreach (var contact in affected.Where(contact => !taken.Contains(contact)))
        {
            var heir = members.Where(member => member.OldContact == contact && member.Nodes.Count > 0)
                .Select(member => record.Node(member.Nodes[0].Name)?.ContactKey).OfType<long>().Cast<long?>().FirstOrDefault();
            record.Retire(contact, heir);
        }
    }

    private sealed record Member(EventRow Row, ContactEvent Event, IReadOnlyList<IdentityNode> Nodes, long OldContact);
}
