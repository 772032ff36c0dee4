using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>Finds the values that come together with too many people: the shop's tablet, the office's phone, <c>test@test.com</c>.</summary>
internal static class SharedValues
{
    /// <summary>The shared values among the claims, by node name.</summary>
    /// <param name="above">A value is shared when it comes together with more than this.</param>
    public static Dictionary<string, SharedValue> Find(IReadOnlyList<IdentityClaim> claims, int above)
    {
        // People are told apart by customer ids of one connection and by user ids. What is weaker than an address is told apart by addresses
        // too, by those that are not shared themselves: hence two steps.
        Dictionary<string, SharedValue> shared = new(StringComparer.Ordinal);
        Find(claims, above, node => node.Kind is IdentifierKind.Email, shared);
        Find(claims, above, node => node.Kind is IdentifierKind.Phone or IdentifierKind.Anonymous, shared);
        return shared;
    }

    private static void Find(IReadOnlyList<IdentityClaim> claims, int above, Func<IdentityNode, bool> isMeant, Dictionary<string, SharedValue> shared)
    {
        Dictionary<string, Dictionary<string, HashSet<string>>> company = new(StringComparer.Ordinal);
        foreach (var claim in claims)
        {
            foreach (var value in claim.Nodes.Where(isMeant))
            {
                foreach (var other in claim.Nodes.Where(other => !shared.ContainsKey(other.Name)))
                {
                    if (CountedBy(value, other) is { } with) Add(company, value.Name, with, other.Name);
                }
            }
        }
        foreach (var (node, counts) in company)
        {
            var (with, people) = counts.OrderByDescending(count => count.Value.Count).ThenBy(count => count.Key, StringComparer.Ordinal).First();
            if (people.Count > above) shared.Add(node, new SharedValue(node, people.Count, with));
        }
    }

    private static string? CountedBy(IdentityNode value, IdentityNode other) => other.Kind switch
    {
        IdentifierKind.Customer => $"customers of {other.Connection}",
        IdentifierKind.User => "users",
        IdentifierKind.Email when value.Kind is not IdentifierKind.Email => "e-mail addresses",
        _ => null,
    };

    private static void Add(Dictionary<string, Dictionary<string, HashSet<string>>> company, string node, string with, string person)
    {
        if (!company.TryGetValue(node, out var counts)) company.Add(node, counts = new(StringComparer.Ordinal));
        if (!counts.TryGetValue(with, out var people)) counts.Add(with, people = new(StringComparer.Ordinal));
        people.Add(person);
    }
}
