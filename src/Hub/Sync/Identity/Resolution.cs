namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>Who is who, as far as a set of claims tells.</summary>
internal sealed class Resolution
{
    /// <summary>The people: for each, the claims that concern it. A person without a claim does not exist.</summary>
    public required IReadOnlyList<ResolvedPerson> People { get; init; }

    /// <summary>Ties that would join two people and were refused.</summary>
    public required IReadOnlyList<RefusedTie> Refused { get; init; }

    /// <summary>Values that come together with too many people and therefore name nobody.</summary>
    public required IReadOnlyList<SharedValue> Shared { get; init; }

    /// <summary>Whether anything had to be decided: a tie was refused, so that new claims can change more than they add.</summary>
    public bool IsContested => Refused.Count > 0;
}

/// <summary>One person of a resolution.</summary>
/// <param name="Nodes">Names of the nodes, sorted.</param>
/// <param name="Claims">The claims, each with the name of the node where its event is kept.</param>
internal sealed record ResolvedPerson(IReadOnlyList<string> Nodes, IReadOnlyList<(IdentityClaim Claim, string Anchor)> Claims);

/// <summary>A tie between two nodes that was refused.</summary>
/// <param name="One">The stronger node's name.</param>
/// <param name="Other">The other node's name.</param>
/// <param name="Reason">Why, for the review queue.</param>
/// <param name="First">The event that said it first.</param>
internal sealed record RefusedTie(string One, string Other, string Reason, FirstSaid First);

/// <summary>A value that names nobody, because it comes together with too many.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="People">How many it comes together with.</param>
/// <param name="With">What was counted, for example <c>customers of shop_eu</c>.</param>
internal sealed record SharedValue(string Node, int People, string With);
