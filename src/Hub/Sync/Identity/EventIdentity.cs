using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>By what an event is known to concern a person.</summary>
/// <param name="Nodes">Its nodes, the strongest first; the first one is where the event is kept. Empty when the event names nobody.</param>
/// <param name="Unusable">Values that can't link, whatever other events say.</param>
internal sealed record EventIdentity(IReadOnlyList<IdentityNode> Nodes, IReadOnlyList<UnlinkedValue> Unusable);

/// <summary>A value that was told to name a person, and links nobody.</summary>
/// <param name="Kind">What it was told to be.</param>
/// <param name="Raw">As the vendor sent it.</param>
/// <param name="Reason">Why, when the event alone tells; otherwise null.</param>
/// <param name="Node">The node that it would be, when other events or a decision are the reason.</param>
internal sealed record UnlinkedValue(IdentifierKind Kind, string Raw, string? Reason, string? Node)
{
    public const string NotValid = "not valid";
    public const string Blocked = "blocked";
    public const string Shared = "shared";
    public const string BlockedByDecision = "blocked by decision";

    /// <summary>The values among these nodes, which link nobody: other events or a decision are the reason.</summary>
    public static IEnumerable<UnlinkedValue> Of(IEnumerable<IdentityNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (node.Kind is { } kind) yield return new UnlinkedValue(kind, node.Raw, null, node.Name);
        }
    }
}
