using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync;

/// <summary>The record within one transaction: each contact, node and entity is read once, changed in memory and written once at the end.</summary>
internal sealed class RecordSession(DbSession session, Survivorship survivorship, TimeProvider time)
{
    private static readonly string[] SearchedFields = ["firstName", "lastName", "fullName", "company"];

    private readonly Dictionary<string, NodeRow?> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<long, OpenContact> contacts = [];
    private readonly Dictionary<string, OpenEntity> entities = new(StringComparer.Ordinal);
    private readonly List<(string Kind, byte[] Body)> messages = [];

    public DbSession Session => session;

    public NodeRow? Node(string name)
    {
        if (!nodes.TryGetValue(name, out var row)) nodes.Add(name, row = session.FindNode(name));
        return row;
    }

    /// <summary>Ties a node to a contact, whether it is new or belonged to another one.</summary>
    public NodeRow Attach(string name, long contactKey)
    {
        var row = Node(name);
        if (row?.ContactKey == contactKey) return row;
        if (row is not null) session.MoveNode(row.Key, contactKey);
        row = row is null ? session.InsertNode(name, contactKey) : row with { ContactKey = contactKey };
        nodes[name] = row;
        return row;
    }

    public void RemoveNode(NodeRow node)
    {
        session.DeleteNode(node.Key);
        nodes.Remove(node.Name);
    }

    public ContactRow NewContact()
    {
        var row = session.InsertContact(Guid.CreateVersion7(time.GetUtcNow()));
        contacts.Add(row.Key, new OpenContact(row, []));
        return row;
    }

    /// <summary>A contact, open for change.</summary>
    public ContactRow Contact(long contactKey) => Open(contactKey).Row;

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
        contacts.Remove(contactKey);
        session.MergeContact(contactKey, heir);
    }

    /// <summary>Says that an event changed the contact.</summary>
    public void Touch(long contactKey, Guid cause) => Open(contactKey).Causes.Add(cause);

    /// <summary>Makes two contacts one. The timeline moves along, because events are kept at nodes and nodes belong to contacts.</summary>
    public void Merge(ContactRow survivor, long loserKey, Guid cause)
    {
        var loser = Open(loserKey);
        survivor.State.Absorb(loser.Row.State);
        session.MoveNodes(loserKey, survivor.Key);
        session.MergeContact(loserKey, survivor.Key);
        foreach (var (name, row) in nodes.ToList())
        {
            if (row?.ContactKey == loserKey) nodes[name] = row with { ContactKey = survivor.Key };
        }
        Open(survivor.Key).Causes.UnionWith(loser.Causes);
        contacts.Remove(loserKey);
        Announce(nameof(ContactsMerged), new ContactsMerged { ContactId = survivor.Id, MergedContactIds = [loser.Row.Id], CauseEventId = cause, MergedAt = time.GetUtcNow() });
    }

    /// <summary>Folds an event into the entities that it tells of, and their contribution into the contact.</summary>
    public void ApplyEntities(ContactEvent contactEvent, NodeRow anchor, ContactRow contact)
    {
        foreach (var reference in EntityReferences.Of(contactEvent).Where(reference => reference.Tells))
        {
            var name = IdentityNode.Of(reference, contactEvent.Connection).Name;
            var node = reference.BelongsToOnePerson ? Node(name) ?? anchor : anchor;
            if (!reference.BelongsToOnePerson) name = $"{name}@{anchor.Name}";
            if (!entities.TryGetValue(name, out var entity))
                entities.Add(name, entity = new OpenEntity(node.Key, reference.Type, session.FindEntity(name) ?? EntityState.Empty(reference.Type)));
            if (entity.State is OrderState before) contact.State.Orders.Subtract(before);
            entity.State.Apply(contactEvent, Stamp.Of(contactEvent), reference.Id);
            if (entity.State is OrderState after) contact.State.Orders.Add(after);
        }
    }

    /// <summary>Adds a message that is published once the transaction is committed.</summary>
    public void Announce<T>(string kind, T message) where T : notnull => messages.Add((kind, JsonSerializer.SerializeToUtf8Bytes(message, typeof(T), ContractJson.Default)));

    /// <summary>Writes all changes.</summary>
    /// <returns>What is to be published after the commit.</returns>
    public List<OutboxMessage> Save()
    {
        foreach (var (name, entity) in entities) session.UpsertEntity(name, entity.NodeKey, entity.Type, entity.State);
        foreach (var contact in contacts.Values.Where(contact => contact.Causes.Count > 0)) Save(contact);
        nodes.Clear();
        contacts.Clear();
        entities.Clear();
        List<OutboxMessage> stored = [.. messages.Select(message => new OutboxMessage(session.InsertOutbox(message.Kind, message.Body), message.Kind, message.Body))];
        messages.Clear();
        return stored;
    }

    private void Save(OpenContact contact)
    {
        var now = survivorship.Fields(contact.Row.State).ToDictionary(field => field.Name, field => field.Claim, StringComparer.Ordinal);
        contact.Row.Version++;
        session.UpdateContact(contact.Row, SearchText(now));
        Announce(nameof(ContactChanged), new ContactChanged
        {
            ContactId = contact.Row.Id,
            Version = contact.Row.Version,
            Fields = [.. Changes(contact.Before, now)],
            Causes = [.. contact.Causes.Order()],
            ChangedAt = time.GetUtcNow(),
        });
    }

    /// <summary>What a search by name finds a contact by, in lower case.</summary>
    private static string SearchText(Dictionary<string, Claim> fields) =>
        string.Join('\n', SearchedFields.Select(fields.GetValueOrDefault).OfType<Claim>().Select(claim => claim.Value.ToLowerInvariant()));

    private static IEnumerable<ChangedField> Changes(Dictionary<string, Claim> before, Dictionary<string, Claim> now)
    {
        foreach (var (name, claim) in now)
        {
            if (before.TryGetValue(name, out var old) && old.Value == claim.Value) continue;
            yield return new ChangedField { Name = name, Value = claim.Value, Connection = claim.Connection, EventId = claim.Stamp.EventId, OccurredAt = claim.Stamp.Time };
        }
        foreach (var name in before.Keys.Where(name => !now.ContainsKey(name))) yield return new ChangedField { Name = name };
    }

    private OpenContact Open(long contactKey)
    {
        if (contacts.TryGetValue(contactKey, out var contact)) return contact;
        var row = session.FindContact(contactKey) ?? throw new InvalidDataException($"Node points at contact {contactKey}, which is not there.");
        var before = survivorship.Fields(row.State).ToDictionary(field => field.Name, field => field.Claim, StringComparer.Ordinal);
        contact = new OpenContact(row, before);
        contacts.Add(contactKey, contact);
        return contact;
    }

    private sealed record OpenContact(ContactRow Row, Dictionary<string, Claim> Before)
    {
        public HashSet<Guid> Causes { get; } = [];
    }

    private sealed record OpenEntity(long NodeKey, EntityType Type, EntityState State);
}

/// <summary>A message that is stored with the change it tells of, and published after the commit.</summary>
internal sealed record OutboxMessage(long Key, string Kind, byte[] Body);
