using System.Collections.Frozen;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Decisions;

/// <summary>The decisions that hold, in the form in which the record obeys them. Immutable.</summary>
internal sealed class DecisionBook
{
    private readonly FrozenDictionary<string, List<(PinField Pin, StoredDecision Made)>> pins;

    private readonly FrozenSet<string> blocked;

    public DecisionBook(IReadOnlyCollection<StoredDecision> decisions)
    {
        Links = [.. decisions.Select(made => Link(made.Decision)).OfType<LinkRuling>().Distinct()];
        blocked = decisions.Select(made => made.Decision).OfType<BlockValue>().Select(block => block.Node).ToFrozenSet(StringComparer.Ordinal);
        pins = decisions.Where(made => made.Decision is PinField).Select(made => (Pin: (PinField)made.Decision, Made: made))
            .GroupBy(pin => pin.Pin.Node, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
    }

    public static DecisionBook Empty { get; } = new([]);

    public static DecisionBook Read(DbSession session) => new(session.DecisionsThatHold());

    /// <summary>What links, and what keeps apart.</summary>
    public IReadOnlyCollection<LinkRuling> Links { get; }

    /// <summary>Whether a value is ruled to name nobody.</summary>
    public bool Blocks(string node) => blocked.Contains(node);

    /// <summary>The pins on a contact with these nodes, by field; of several the one made last.</summary>
    public IReadOnlyDictionary<string, (PinField Pin, StoredDecision Made)> PinsOf(IEnumerable<string> nodes)
    {
        if (pins.Count == 0) return FrozenDictionary<string, (PinField Pin, StoredDecision Made)>.Empty;
        Dictionary<string, (PinField Pin, StoredDecision Made)> found = new(StringComparer.Ordinal);
        foreach (var pin in nodes.SelectMany(node => pins.GetValueOrDefault(node) ?? []))
        {
            if (!found.TryGetValue(pin.Pin.Field, out var other) || (pin.Made.MadeAt, pin.Made.Id).CompareTo((other.Made.MadeAt, other.Made.Id)) > 0) found[pin.Pin.Field] = pin;
        }
        return found;
    }

    private static LinkRuling? Link(Decision decision) => decision switch
    {
        MustLink link => new LinkRuling(link.One, link.Other, Joins: true),
        CannotLink link => new LinkRuling(link.One, link.Other, Joins: false),
        _ => null,
    };
}
