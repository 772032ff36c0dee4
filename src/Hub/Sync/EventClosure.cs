using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync;

/// <summary>Gathers all events that can have a say in who somebody is: those that share a value with the events at hand, and so on, as far as it leads.</summary>
/// <param name="session">The snapshot to read.</param>
/// <param name="rules">By what events are known to concern a person.</param>
/// <param name="rulings">The limits and rulings to reckon with, which may be others than those that hold now.</param>
/// <param name="isBlocked">Whether a decision to reckon with blocks a node, by its name.</param>
/// <param name="counts">Whether an event is to be reckoned with.</param>
internal sealed class EventClosure(DbSession session, IdentityRules rules, Rulings rulings, Func<string, bool> isBlocked, Func<ContactEvent, bool> counts)
{
    private readonly Queue<string> open = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly HashSet<long> groups = [];
    private readonly HashSet<string> shared = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, EventRow> rows = [];
    private readonly List<ContactEvent> events = [];

    /// <summary>The events found.</summary>
    public IReadOnlyCollection<ContactEvent> Events => events;

    /// <summary>An event as it is stored.</summary>
    public EventRow Row(ContactEvent contactEvent) => rows[contactEvent.EventId];

    /// <summary>Adds all events that some nodes lead to.</summary>
    public void Gather(IEnumerable<string> nodes)
    {
        Open(nodes);
        while (open.TryDequeue(out var node)) Visit(node);
    }

    /// <summary>The people that the gathered events tell of.</summary>
    public IReadOnlyList<FoldedPerson> Fold(Rulings obeyed) => new RecordFold(rules, obeyed, node => isBlocked(node) || shared.Contains(node)).Fold(events);

    private void Visit(string node)
    {
        Open(rulings.JoinedWith(node));
        if (session.FindNode(node) is not { } row) return;
        if (row.GroupKey is { } group)
        {
            if (groups.Add(group)) session.EventsOfGroup(group).ForEach(Add);
        }
        else if (!isBlocked(node))
        {
            VisitUnlinked(node);
        }
    }

    // A value that links nobody now may link somebody among fewer events or without a block. Where customers and users alone are too many,
    // it stays shared, and the people who mention it need not be read.
    private void VisitUnlinked(string node)
    {
        var mentioning = session.EventRowsMentioning(node).Where(row => counts(row.Read())).ToList();
        var claims = mentioning.ConvertAll(row => new IdentityClaim(row.EventId, null, [.. rules.NodesOf(row.Read())
            .Where(named => named.Name == node || (named.Kind is IdentifierKind.User or IdentifierKind.Customer && !isBlocked(named.Name)))]));
        if (SharedValues.Find(claims, rulings.Limits.SharedAbove).ContainsKey(node)) shared.Add(node);
        else mentioning.ForEach(Add);
    }

    private void Add(EventRow row)
    {
        var contactEvent = row.Read();
        if (!counts(contactEvent) || !rows.TryAdd(row.EventId, row)) return;
        events.Add(contactEvent);
        Open(rules.NodesOf(contactEvent).Select(node => node.Name));
    }

    private void Open(IEnumerable<string> nodes)
    {
        foreach (var node in nodes.Where(seen.Add)) open.Enqueue(node);
    }
}
