using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Sync;

/// <summary>Writes what a resolution found out: contacts, their nodes and entities, and what was refused.</summary>
/// <param name="record">The record.</param>
/// <param name="rulings">The rulings that were obeyed.</param>
/// <param name="members">The events by id.</param>
internal sealed class ResolutionWriter(RecordSession record, Rulings rulings, IReadOnlyDictionary<Guid, Reevaluation.Member> members)
{
    private readonly Dictionary<ResolvedPerson, long> rightful = [];
    private readonly Dictionary<long, string> births = [];
    private readonly Dictionary<long, long> heirs = [];
    private readonly Dictionary<long, SortedSet<long>> parts = [];

    /// <param name="old">Contacts that the groups had before.</param>
    /// <returns>The names of the nodes in use.</returns>
    public HashSet<string> Write(Resolution resolution, IReadOnlySet<long> old)
    {
        FindRightful(resolution.People);
        var people = resolution.People.Select(person => (Person: person, Contact: Choose(person))).ToList();
        var groupOf = Groups(resolution, people.ToDictionary(person => person.Person, person => person.Contact.Key));
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach (var (person, contact) in people)
        {
            foreach (var node in person.Nodes) record.Attach(node, contact.Key, groupOf(node));
            written.UnionWith(person.Nodes);
        }
        AttachPhantoms(groupOf, written);
        foreach (var (person, contact) in people) Fold(person, contact);
        Refuse(resolution, groupOf);
        Announce(old);
        LeadOn(people);
        return written;
    }

    // Ids that were merged into a contact that came apart lead to the part that has what they were made for.
    private void LeadOn(IEnumerable<(ResolvedPerson Person, ContactRow Contact)> people)
    {
        var apart = parts.Values.Where(into => into.Count > 1).SelectMany(into => into).ToHashSet();
        foreach (var (person, contact) in people.Where(person => apart.Contains(person.Contact.Key)))
        {
            foreach (var node in person.Nodes) record.Session.LeadOn(node, contact.Key);
        }
    }

    // Ids stay with the people they named: of the contacts that a person's events were in, those that were made for one of its nodes are its own.
    private void FindRightful(IReadOnlyList<ResolvedPerson> people)
    {
        foreach (var person in people)
        {
            var nodes = person.Nodes.ToHashSet(StringComparer.Ordinal);
            if (Before(person).Where(contact => nodes.Contains(BirthOf(contact))).Cast<long?>().FirstOrDefault() is not { } own) continue;
            rightful.Add(person, own);
            heirs.Add(own, own);
        }
    }

    private IEnumerable<long> Before(ResolvedPerson person) => person.Claims.Select(claim => members[claim.Claim.EventId].Row.ContactKey).OfType<long>().Distinct().Order();

    private string BirthOf(long contact)
    {
        if (!births.TryGetValue(contact, out var node)) births.Add(contact, node = record.Session.BirthOf(contact));
        return node;
    }

    // Who has no such contact takes the oldest that is left of those that its events were in, or has back the one that was lost in a merge.
    private ContactRow Choose(ResolvedPerson person)
    {
        var before = Before(person).ToList();
        var key = rightful.TryGetValue(person, out var own) ? own : before.Where(key => !heirs.ContainsKey(key)).Cast<long?>().FirstOrDefault();
        var contact = key is { } kept ? record.Reset(kept) : record.ReviveOrNew(person.Nodes);
        foreach (var earlier in before)
        {
            heirs.TryAdd(earlier, contact.Key);
            if (!parts.TryGetValue(earlier, out var into)) parts.Add(earlier, into = []);
            into.Add(contact.Key);
        }
        return contact;
    }

    /// <summary>The group of each node: all that is tied together, refused ties included, has the lowest contact key among it.</summary>
    private Func<string, long> Groups(Resolution resolution, Dictionary<ResolvedPerson, long> contacts)
    {
        var sets = new DisjointSets();
        foreach (var person in resolution.People)
        {
            foreach (var node in person.Nodes) sets.Join(person.Nodes[0], node);
        }
        foreach (var tie in resolution.Refused) sets.Join(tie.One, tie.Other);
        foreach (var link in rulings.Links.Where(link => link.Joins)) sets.Join(link.One, link.Other);
        Dictionary<string, long> keys = new(StringComparer.Ordinal);
        foreach (var (person, key) in contacts)
        {
            var root = sets.Find(person.Nodes[0]);
            keys[root] = Math.Min(key, keys.GetValueOrDefault(root, long.MaxValue));
        }
        return node => keys[sets.Find(node)];
    }

    // Nodes that only refused ties lead to belong to nobody, but to the group.
    private void AttachPhantoms(Func<string, long> groupOf, HashSet<string> written)
    {
        foreach (var node in members.Values.SelectMany(member => member.Claim.Nodes).Where(node => record.Node(node.Name) is not { Links: false } && written.Add(node.Name)))
            record.Attach(node.Name, null, groupOf(node.Name));
    }

    private void Fold(ResolvedPerson person, ContactRow contact)
    {
        var own = person.Nodes.ToHashSet(StringComparer.Ordinal);
        foreach (var (claim, anchorName) in person.Claims.OrderBy(claim => members[claim.Claim.EventId].Row.Key))
        {
            var member = members[claim.EventId];
            var anchor = record.Node(anchorName) ?? throw new InvalidDataException("The node of an event was not written.");
            if (member.Row.NodeKey != anchor.Key) record.Session.MoveEvent(member.Row.Key, anchor.Key);
            contact.State.Apply(
                member.Event, [.. claim.Nodes.Where(node => own.Contains(node.Name))], member.Values.Where(value => value.Node is null || record.Node(value.Node) is { Links: false }));
            record.ApplyEntities(member.Event, anchor);
        }
        record.TouchAfresh(contact.Key);
    }

    // What is said from now on in such a group is held against what was said until now.
    private void Refuse(Resolution resolution, Func<string, long> groupOf)
    {
        HashSet<long> contested = [];
        foreach (var tie in resolution.Refused)
        {
            var group = groupOf(tie.One);
            if (contested.Add(group)) record.Contest(group);
            record.Session.InsertRefusedTie(group, tie);
        }
        if (contested.Count == 0) return;
        var settled = new SettledTies(rulings, record);
        foreach (var (claim, anchor) in resolution.People.SelectMany(person => person.Claims).Where(claim => contested.Contains(groupOf(claim.Anchor))))
            settled.Add(groupOf(anchor), [.. claim.Nodes.Where(node => record.Node(node.Name) is { Links: true })], new FirstSaid(claim.At, claim.EventId));
        settled.Save();
    }

    private void Announce(IReadOnlySet<long> old)
    {
        foreach (var (contact, into) in parts.Where(part => part.Value.Count > 1)) record.AnnounceSplit(contact, into);
        foreach (var contact in old.Where(contact => heirs.GetValueOrDefault(contact) != contact)) record.Retire(contact, heirs.TryGetValue(contact, out var heir) ? heir : null);
    }
}
