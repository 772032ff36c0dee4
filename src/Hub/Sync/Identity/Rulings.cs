using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>The rulings that hold, and the limits: what identity resolution obeys besides what the events say.</summary>
internal sealed class Rulings
{
    private readonly ILookup<string, string> joined;
    private readonly ILookup<string, string> apart;

    public Rulings(IdentityLimits limits, IReadOnlyCollection<LinkRuling> links)
    {
        Limits = limits;
        Links = links;
        joined = Both(links.Where(link => link.Joins));
        apart = Both(links.Where(link => !link.Joins));
    }

    public IdentityLimits Limits { get; }

    public IReadOnlyCollection<LinkRuling> Links { get; }

    /// <summary>Whether any ruling says that two are different people.</summary>
    public bool KeepAnyApart => apart.Count > 0;

    /// <summary>The nodes that rulings join with this one.</summary>
    public IEnumerable<string> JoinedWith(string node) => joined[node];

    /// <summary>The nodes that are ruled to be other people than this one.</summary>
    public IEnumerable<string> ApartFrom(string node) => apart[node];

    /// <summary>Whether two of these nodes are ruled to be different people.</summary>
    public bool KeepApart(IReadOnlySet<string> nodes) => apart.Any(pair => nodes.Contains(pair.Key) && pair.Any(nodes.Contains));

    private static ILookup<string, string> Both(IEnumerable<LinkRuling> links) =>
        links.SelectMany(link => new[] { (link.One, link.Other), (link.Other, link.One) }).ToLookup(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);
}
