using System.Text.Json;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Privacy;

/// <summary>Makes an erasure within a transaction: fixes what it takes, and takes it out of the record at once. Bodies and the bytes that remain in the file are left to <see cref="ErasureWorker"/>.</summary>
internal sealed class ErasureMaker(DbSession session, HubConfiguration configuration, ErasureKey key, TimeProvider time)
{
    private readonly IdentityRules rules = new(configuration);

    /// <summary>Erases a contact.</summary>
    /// <returns>The erasure, and what is to be published after the commit.</returns>
    public (long Key, List<OutboxMessage> Messages) OfContact(long contactKey, string author, string? keyId = null) =>
        OfPeople([contactKey], [], time.GetUtcNow(), [], author, keyId);

    /// <summary>Does what a tool asks for. Who is named now is erased wholly; an identifier that names nobody yet is remembered.</summary>
    public List<OutboxMessage> OfRequest(ErasureRequested request)
    {
        if (request.Scope is ErasureScope.Connection) return OfConnection(request);
        var named = request.Person.Identifiers.Select(identifier => rules.Node(identifier, request.Connection)).OfType<IdentityNode>()
            .Select(node => (node.Name, Row: session.FindNode(node.Name))).Where(node => node.Row is not { Links: false }).ToList();
        return OfPeople([.. named.Select(node => node.Row?.ContactKey).OfType<long>().Distinct()], named.Select(node => node.Name), request.OccurredAt, [request.EventId], request.Connection).Messages;
    }

    private List<OutboxMessage> OfConnection(ErasureRequested request)
    {
        var erasure = session.InsertErasure(new ErasureSets { Until = request.OccurredAt, Connection = request.Connection, Events = [key.Hash(request.EventId)] });
        session.Audit(time.GetUtcNow(), AuditTables.ConnectionErased, request.Connection, erasureKey: erasure, eventId: request.EventId);
        return [];
    }

    private (long Key, List<OutboxMessage> Messages) OfPeople(IReadOnlyList<long> contacts, IEnumerable<string> further, DateTimeOffset until, IEnumerable<Guid> requests, string who, string? keyId = null)
    {
        HashSet<string> names = [.. contacts.SelectMany(session.NodeNamesOf), .. further];
        var groups = Groups(names);
        var erasure = session.InsertErasure(new ErasureSets
        {
            Until = until,
            Names = [.. names.Select(key.Hash)],
            Strangers = [.. Strangers(names, groups, contacts)],
            Events = [.. contacts.SelectMany(session.EventIdsOf).Concat(requests).Select(key.Hash)],
        });
        List<OutboxMessage> messages = [];
        var effect = new ErasureEffect(session, configuration, key, time);
        List<Guid> erased = [];
        foreach (var contact in contacts) erased.AddRange(EraseContact(contact, effect, messages));
        groups.UnionWith(DeleteDecisions(names));
        DeleteMessages(erased);
        messages.AddRange(effect.Apply(groups, [.. names.SelectMany(session.EventsMentioning)], names));
        session.KeepTerms(erasure, new ErasureTerms { Values = [.. effect.Values.Union(Values(names))], Nodes = [.. names] });
        session.CountErased(erasure, effect.Events, effect.Deliveries);
        var requested = requests.Select(request => (Guid?)request).FirstOrDefault();
        foreach (var contact in erased.Select(id => (Guid?)id).DefaultIfEmpty()) session.Audit(time.GetUtcNow(), AuditTables.Erased, who, contact, erasure, contact is null ? requested : null, keyId);
        return (erasure, messages);
    }

    private List<Guid> EraseContact(long contactKey, ErasureEffect effect, List<OutboxMessage> messages)
    {
        session.DetachNodes(contactKey);
        List<Guid> erased = [];
        foreach (var led in session.ContactsLedTo(contactKey))
        {
            if (session.EraseContact(led, time.GetUtcNow()) is not { } id) continue;
            if (led != contactKey) continue;
            erased.Add(id);
            effect.Announce(id, messages);
        }
        return erased;
    }

    // Who was told apart from the erased by a limit or a ruling is somebody else, and stays so for whoever was erased before by the same name.
    private IEnumerable<byte[]> Strangers(HashSet<string> names, IEnumerable<long> groups, IReadOnlyList<long> contacts)
    {
        var apart = DecisionBook.Read(session).Links.Where(link => !link.Joins).Select(link => (link.One, link.Other));
        var others = groups.SelectMany(session.RefusedTiesOf).Concat(apart)
            .Where(tie => names.Contains(tie.One) != names.Contains(tie.Other)).Select(tie => names.Contains(tie.One) ? tie.Other : tie.One).ToHashSet(StringComparer.Ordinal);
        var people = others.Select(name => session.FindNode(name)?.ContactKey).OfType<long>().Except(contacts);
        return others.Concat(people.SelectMany(session.NodeNamesOf)).Where(name => IsAccount(name) && !names.Contains(name)).Distinct().Select(key.Hash)
            .Concat(names.Select(key.Hash).SelectMany(session.StrangersOfThoseWhoKnow));
    }

    private static bool IsAccount(string name) => name.StartsWith("customer:", StringComparison.Ordinal) || name.StartsWith("user:", StringComparison.Ordinal);

    private HashSet<long> Groups(IEnumerable<string> names) => [.. names.Select(name => session.FindNode(name)?.GroupKey).OfType<long>()];

    /// <returns>The groups of those whom the decisions were about, besides the erased.</returns>
    private HashSet<long> DeleteDecisions(HashSet<string> names)
    {
        HashSet<long> groups = [];
        foreach (var made in session.AllDecisions())
        {
            var about = made.Decision.Nodes;
            if (!about.Any(names.Contains)) continue;
            session.DeleteDecision(made.Id);
            groups.UnionWith(Groups(about));
        }
        return groups;
    }

    private void DeleteMessages(List<Guid> erased)
    {
        foreach (var message in session.WaitingMessages().Where(message => message.Kind == nameof(ContactChanged)))
        {
            var changed = JsonSerializer.Deserialize(message.Body, ContractJson.Default.ContactChanged);
            if (changed is not null && erased.Contains(changed.ContactId)) session.DeleteMessage(message.Key);
        }
    }

    private static IEnumerable<string> Values(IEnumerable<string> names) =>
        names.Where(name => name.StartsWith("email:", StringComparison.Ordinal) || name.StartsWith("phone:", StringComparison.Ordinal)).Select(name => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..]);
}
