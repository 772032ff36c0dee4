using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync;

/// <summary>The record within one transaction: each contact, node and entity is read once, changed in memory and written once at the end.</summary>
/// <param name="session">The transaction.</param>
/// <param name="before">How fields were decided until now.</param>
/// <param name="now">How fields are decided from now on; differs from <paramref name="before"/> only when a decision comes or goes.</param>
/// <param name="time">The clock.</param>
internal sealed class RecordSession(DbSession session, Survivorship before, Survivorship now, TimeProvider time)
{
    private static readonly string[] SearchedFields = ["firstName", "lastName", "fullName", "company"];

    private readonly Dictionary<string, NodeRow?> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<long, bool> contested = [];
    private readonly Dictionary<long, OpenContact> contacts = [];
    private readonly Dictionary<string, OpenEntity> entities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntityRow> outdatedEntities = new(StringComparer.Ordinal);
    private readonly Dictionary<long, (ContactRow Row, StoredContact Stored)> expectedContacts = [];
    private readonly Dictionary<string, byte[]?> expectedEntities = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> triggers = [];
    private readonly List<object> messages = [];

    public DbSession Session => session;

    /// <summary>Reads at once what would be read one by one, at the beginning.</summary>
    /// <param name="names">Nodes that will be asked for; with them their contacts.</param>
    /// <param name="entityNames">Entities that will be asked for.</param>
    public void Expect(IReadOnlyCollection<string> names, IReadOnlyCollection<string> entityNames)
    {
        foreach (var name in names) nodes.TryAdd(name, null);
        if (names.Count > 0)
        {
            foreach (var row in session.FindNodes(names)) nodes[row.Name] = row;
        }
        var groups = nodes.Values.Select(row => row?.GroupKey).OfType<long>().ToHashSet();
        foreach (var group in groups) contested.TryAdd(group, false);
        if (groups.Count > 0) session.ContestedAmong(groups).ForEach(group => contested[group] = true);
        var keys = nodes.Values.Select(row => row?.ContactKey).OfType<long>().ToHashSet();
        if (keys.Count > 0) session.FindStoredContacts(keys).ForEach(found => expectedContacts[found.Row.Key] = found);
        foreach (var name in entityNames) expectedEntities.TryAdd(name, null);
        if (entityNames.Count > 0) session.FindEntities(entityNames).ForEach(found => expectedEntities[found.Name] = found.State);
    }

    public NodeRow? Node(string name)
    {
        if (!nodes.TryGetValue(name, out var row)) nodes.Add(name, row = session.FindNode(name));
        return row;
    }

    /// <summary>Ties a node to a contact and a group, whether it is new or belonged elsewhere.</summary>
    /// <param name="contactKey">Null when only refused ties lead to it.</param>
    public NodeRow Attach(string name, long? contactKey, long? groupKey)
    {
        var row = Node(name);
        if (row is null) row = new NodeRow(session.InsertNode(name, contactKey, groupKey), name, contactKey, groupKey, NodeStanding.Links);
        else if (row.ContactKey != contactKey || row.GroupKey != groupKey || !row.Links)
        {
            row = row with { ContactKey = contactKey, GroupKey = groupKey, Standing = NodeStanding.Links };
            session.UpdateNode(row);
        }
        nodes[name] = row;
        return row;
    }

    /// <summary>Takes a node out of all contacts: it links no more.</summary>
    public void Unlink(string name, NodeStanding standing)
    {
        var row = (Node(name) ?? Attach(name, null, null)) with { ContactKey = null, GroupKey = null, Standing = standing };
        session.UpdateNode(row);
        nodes[name] = row;
    }

    public bool IsContested(long groupKey)
    {
        if (!contested.TryGetValue(groupKey, out var known)) contested.Add(groupKey, known = session.IsContested(groupKey));
        return known;
    }

    /// <summary>Says that a group has to be worked out afresh with each change.</summary>
    public void Contest(long groupKey)
    {
        session.Contest(groupKey);
        contested[groupKey] = true;
    }

    /// <summary>Forgets what was refused in a group.</summary>
    public void Uncontest(long groupKey)
    {
        session.Uncontest(groupKey);
        contested[groupKey] = false;
    }

    /// <summary>Makes several groups one.</summary>
    public long JoinGroups(IReadOnlyCollection<long> groups)
    {
        var first = groups.Min();
        foreach (var other in groups.Where(group => group != first))
        {
            session.MoveGroup(other, first);
            Uncontest(other);
            foreach (var (name, row) in nodes.ToList())
            {
                if (row?.GroupKey == other) nodes[name] = row with { GroupKey = first };
            }
        }
        return first;
    }

    public void RemoveNode(NodeRow node)
    {
        session.DeleteEntitiesOfNode(node.Key);
        expectedEntities.Clear();
        session.DeleteNode(node.Key);
        nodes.Remove(node.Name);
    }

    /// <summary>Reads the nodes of a group at once, instead of one by one when they are asked for.</summary>
    public List<NodeRow> NodesOfGroup(long groupKey)
    {
        var rows = session.NodesOfGroup(groupKey);
        foreach (var row in rows) nodes[row.Name] = row;
        return rows;
    }

    /// <summary>Begins the entities of a group anew: those that no event is folded into until <see cref="Save()"/> are removed.</summary>
    public void ResetEntities(long groupKey)
    {
        foreach (var entity in session.EntitiesOfGroup(groupKey)) outdatedEntities[entity.Name] = entity;
    }

    /// <param name="bornOf">The node that the contact is made for.</param>
    public ContactRow NewContact(string bornOf)
    {
        var row = session.InsertContact(Guid.CreateVersion7(time.GetUtcNow()), bornOf);
        contacts.Add(row.Key, new OpenContact(row, StoredContact.None, []));
        contested.TryAdd(row.Key, false);
        return row;
    }

    /// <summary>A contact, open for change.</summary>
    public ContactRow Contact(long contactKey) => Open(contactKey).Row;

    /// <summary>The oldest contact that was made for one of these nodes and has been merged since; a new one when there is none.</summary>
    public ContactRow ReviveOrNew(IReadOnlyList<string> nodes)
    {
        if (nodes.Select(session.FindMerged).OfType<long>().Cast<long?>().Min() is { } key)
        {
            session.Revive(key);
            return Reset(key);
        }
        return NewContact(nodes[0]);
    }

    /// <summary>A contact, open for change, with nothing folded in.</summary>
    public ContactRow Reset(long contactKey)
    {
        var row = Open(contactKey).Row;
        row.State = new ContactState();
        return row;
    }

    /// <summary>Ends a contact that no event is left of; its id leads to the heir.</summary>
    public void Retire(long contactKey, long? heir)
    {
        var retired = Open(contactKey).Row.Id;
        contacts.Remove(contactKey);
        session.MergeContact(contactKey, heir);
        if (heir is { } key) Announce(new ContactsMerged { ContactId = Open(key).Row.Id, MergedContactIds = [retired], MergedAt = time.GetUtcNow() });
    }

    /// <summary>Says that a contact came apart.</summary>
    public void AnnounceSplit(long contactKey, IEnumerable<long> into) => Announce(new ContactSplit { ContactId = Open(contactKey).Row.Id, IntoContactIds = [.. into.Select(key => Open(key).Row.Id)], SplitAt = time.GetUtcNow() });

    /// <summary>Says that an event changed the contact.</summary>
    public void Touch(long contactKey, Guid cause) => Open(contactKey).Causes.Add(cause);

    /// <summary>Says what made contacts be worked out afresh: events, or a decision.</summary>
    public void Trigger(IEnumerable<Guid> causes) => triggers.UnionWith(causes);

    /// <summary>Says that the contact was worked out afresh.</summary>
    public void TouchAfresh(long contactKey)
    {
        var contact = Open(contactKey);
        contact.IsAfresh = true;
        contact.Causes.UnionWith(triggers);
    }

    /// <summary>Makes two contacts one. The timeline moves along, because events are kept at nodes and nodes belong to contacts.</summary>
    public void Merge(ContactRow survivor, long loserKey, Guid cause)
    {
        var loser = Open(loserKey);
        survivor.State.Absorb(loser.Row.State);
        session.MoveNodes(loserKey, survivor.Key);
        session.MergeContact(loserKey, survivor.Key);
        foreach (var (name, row) in nodes.ToList())
        {
            if (row?.ContactKey == loserKey) nodes[name] = row with { ContactKey = survivor.Key, GroupKey = survivor.Key };
        }
        Open(survivor.Key).Causes.UnionWith(loser.Causes);
        contacts.Remove(loserKey);
        Announce(new ContactsMerged { ContactId = survivor.Id, MergedContactIds = [loser.Row.Id], CauseEventId = cause, MergedAt = time.GetUtcNow() });
    }

    /// <summary>Folds an event into the entities that it tells of, and their contribution into the contact.</summary>
    public void ApplyEntities(ContactEvent contactEvent, NodeRow anchor)
    {
        foreach (var reference in EntityReferences.Of(contactEvent).Where(reference => reference.Tells))
        {
            var name = IdentityNode.Of(reference, contactEvent.Connection).Name;
            var node = reference.BelongsToOnePerson && Node(name) is { ContactKey: not null } own ? own : anchor;
            if (node.ContactKey is not { } owner) continue;
            var contact = Contact(owner);
            if (!reference.BelongsToOnePerson) name = $"{name}@{anchor.Name}";
            if (!entities.TryGetValue(name, out var entity))
                entities.Add(name, entity = new OpenEntity(node.Key, reference.Type, StoredEntity(name) ?? EntityState.Empty(reference.Type)));
            if (entity.State is OrderState before) contact.State.Orders.Subtract(before);
            entity.State.Apply(contactEvent, Stamp.Of(contactEvent), reference.Id);
            if (entity.State is OrderState after) contact.State.Orders.Add(after);
        }
    }

    /// <summary>Adds a message that is published once the transaction is committed.</summary>
    public void Announce(object told) => messages.Add(told);

    /// <summary>The contact that a node belongs to has changed.</summary>
    public void TouchContactOf(string node, Guid cause)
    {
        if (Node(node) is { ContactKey: { } key }) Touch(key, cause);
    }

    /// <summary>Writes all changes.</summary>
    /// <returns>What is to be published after the commit.</returns>
    public List<OutboxMessage> Save()
    {
        SaveEntities();
        SaveContacts();
        nodes.Clear();
        contacts.Clear();
        entities.Clear();
        outdatedEntities.Clear();
        expectedContacts.Clear();
        expectedEntities.Clear();
        triggers.Clear();
        List<OutboxMessage> stored = messages.ConvertAll(told => OutboxMessage.Store(session, told));
        messages.Clear();
        return stored;
    }

    private EntityState? StoredEntity(string name)
    {
        if (outdatedEntities.ContainsKey(name)) return null;
        return expectedEntities.Remove(name, out var state) ? state is null ? null : RecordTables.ReadEntity(state) : session.FindEntity(name);
    }

    private void SaveEntities()
    {
        List<(EntityRow, EntityType)> changed = [];
        foreach (var (name, entity) in entities)
        {
            var state = RecordTables.Write(entity.State);
            if (outdatedEntities.Remove(name, out var stored) && stored.NodeKey == entity.NodeKey && state.AsSpan().SequenceEqual(stored.State)) continue;
            changed.Add((new EntityRow(name, entity.NodeKey, state), entity.Type));
        }
        session.UpsertEntities(changed);
        foreach (var gone in outdatedEntities.Keys) session.DeleteEntity(gone);
    }

    private void SaveContacts()
    {
        List<(ContactRow, StoredContact)> changed = [];
        foreach (var contact in contacts.Values)
        {
            if (Change(contact) is { } stored) changed.Add((contact.Row, stored));
        }
        session.UpdateContacts(changed);
    }

    /// <summary>Tells of a change.</summary>
    /// <returns>How the contact is to be stored; null when nothing of it has changed.</returns>
    private StoredContact? Change(OpenContact contact)
    {
        if (contact.Causes.Count == 0 && !contact.IsAfresh) return null;
        var fields = now.FieldsByName(contact.Row.State);
        var (state, search) = (RecordTables.Write(contact.Row.State), SearchText(fields));
        // Working out afresh ends as it was for most; a pin changes fields without changing the state.
        if (contact.IsAfresh && state.AsSpan().SequenceEqual(contact.Stored.State) && search == contact.Stored.Search) return null;
        contact.Row.Version++;
        Announce(new ContactChanged
        {
            ContactId = contact.Row.Id,
            Version = contact.Row.Version,
            Fields = [.. Changes(contact.Before, fields)],
            Causes = [.. contact.Causes.Order()],
            ChangedAt = time.GetUtcNow(),
        });
        return new StoredContact(state, search);
    }

    /// <summary>What a search by name finds a contact by, in lower case.</summary>
    private static string SearchText(Dictionary<string, Claim> fields) =>
        StoredText.Of(string.Join('\n', SearchedFields.Select(fields.GetValueOrDefault).OfType<Claim>().Select(claim => claim.Value.ToLowerInvariant())));

    private static IEnumerable<ChangedField> Changes(Dictionary<string, Claim> former, Dictionary<string, Claim> present)
    {
        foreach (var (name, claim) in present)
        {
            if (former.TryGetValue(name, out var old) && old.Value == claim.Value) continue;
            yield return new ChangedField { Name = name, Value = claim.Value, Connection = claim.Connection, EventId = claim.Stamp.EventId, OccurredAt = claim.Stamp.Time };
        }
        foreach (var name in former.Keys.Where(name => !present.ContainsKey(name))) yield return new ChangedField { Name = name };
    }

    private OpenContact Open(long contactKey)
    {
        if (contacts.TryGetValue(contactKey, out var contact)) return contact;
        var (row, stored) = (expectedContacts.Remove(contactKey, out var expected) ? expected : session.FindStoredContact(contactKey)) ?? throw new InvalidDataException($"Node points at contact {contactKey}, which is not there.");
        contact = new OpenContact(row, stored, before.FieldsByName(row.State));
        contacts.Add(contactKey, contact);
        return contact;
    }

    private sealed record OpenContact(ContactRow Row, StoredContact Stored, Dictionary<string, Claim> Before)
    {
        public HashSet<Guid> Causes { get; } = [];

        public bool IsAfresh { get; set; }
    }

    private sealed record OpenEntity(long NodeKey, EntityType Type, EntityState State);
}
