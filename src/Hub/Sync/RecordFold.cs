using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync;

/// <summary>The record as one pure function of events, decisions and configuration, in memory. What the tables hold is the same, worked out step by step.</summary>
/// <param name="rules">By what events are known to concern a person.</param>
/// <param name="rulings">The limits and rulings to obey.</param>
/// <param name="isBlocked">Whether a node, by its name, links nobody.</param>
internal sealed class RecordFold(IdentityRules rules, Rulings rulings, Func<string, bool> isBlocked)
{
    /// <summary>The people that these events tell of.</summary>
    /// <param name="events">All events that can have a say in who they are, each once.</param>
    public IReadOnlyList<FoldedPerson> Fold(IReadOnlyCollection<ContactEvent> events)
    {
        var told = events.ToDictionary(contactEvent => contactEvent.EventId);
        var resolution = new IdentityResolver(rulings).Resolve([.. events.Select(Claim).OfType<IdentityClaim>()]);
        var shared = resolution.Shared.Select(value => value.Node).ToHashSet(StringComparer.Ordinal);
        var people = resolution.People.Select(person => new Folding(person, new FoldedPerson(person.Nodes))).ToList();
        var owners = people.SelectMany(folding => folding.Person.Nodes.Select(node => (node, folding.Result))).ToDictionary(owned => owned.node, owned => owned.Result, StringComparer.Ordinal);
        Dictionary<string, Entity> entities = new(StringComparer.Ordinal);
        foreach (var (person, result) in people)
        {
            var own = person.Nodes.ToHashSet(StringComparer.Ordinal);
            foreach (var (claim, anchor) in person.Claims)
            {
                var contactEvent = told[claim.EventId];
                result.Events.Add(contactEvent);
                result.State.Apply(contactEvent, [.. claim.Nodes.Where(node => own.Contains(node.Name))], Unlinked(contactEvent, shared));
                ApplyEntities(contactEvent, anchor, owners, entities);
            }
        }
        foreach (var (name, entity) in entities) entity.Owner.Take(name, entity.State);
        return [.. people.Select(folding => folding.Result)];
    }

    private IdentityClaim? Claim(ContactEvent contactEvent)
    {
        var named = rules.NodesOf(contactEvent);
        if (named.Count == 0) return null;
        var nodes = named.Where(node => !isBlocked(node.Name)).ToList();
        if (nodes.Count == 0) nodes.Add(IdentityNode.OfEvent(contactEvent.EventId));
        return new IdentityClaim(contactEvent.EventId, Stamp.Of(contactEvent).At, nodes);
    }

    private IEnumerable<UnlinkedValue> Unlinked(ContactEvent contactEvent, HashSet<string> shared)
    {
        var (named, unusable) = rules.Read(contactEvent);
        return unusable.Concat(UnlinkedValue.Of(named.Where(node => isBlocked(node.Name) || shared.Contains(node.Name))));
    }

    private static void ApplyEntities(ContactEvent contactEvent, string anchor, Dictionary<string, FoldedPerson> owners, Dictionary<string, Entity> entities)
    {
        foreach (var reference in EntityReferences.Of(contactEvent).Where(reference => reference.Tells))
        {
            var name = IdentityNode.Of(reference, contactEvent.Connection).Name;
            var owner = reference.BelongsToOnePerson && owners.TryGetValue(name, out var own) ? own : owners[anchor];
            if (!reference.BelongsToOnePerson) name = $"{name}@{anchor}";
            if (!entities.TryGetValue(name, out var entity)) entities.Add(name, entity = new Entity(owner, EntityState.Empty(reference.Type)));
            entity.State.Apply(contactEvent, Stamp.Of(contactEvent), reference.Id);
        }
    }

    private sealed record Folding(ResolvedPerson Person, FoldedPerson Result);

    private sealed record Entity(FoldedPerson Owner, EntityState State);
}

/// <summary>One person of a fold.</summary>
/// <param name="nodes">Names of the nodes, sorted.</param>
internal sealed class FoldedPerson(IReadOnlyList<string> nodes)
{
    private readonly SortedDictionary<string, EntityState> entities = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Nodes { get; } = nodes;

    public ContactState State { get; } = new();

    /// <summary>The events that concern the person.</summary>
    public List<ContactEvent> Events { get; } = [];

    /// <summary>Orders, subscriptions and so on, by name.</summary>
    public IReadOnlyList<(string Name, EntityState State)> Entities => [.. entities.Select(entity => (entity.Key, entity.Value))];

    /// <summary>Takes an entity that all its events were folded into.</summary>
    public void Take(string name, EntityState state)
    {
        entities.Add(name, state);
        if (state is OrderState order) State.Orders.Add(order);
    }
}
