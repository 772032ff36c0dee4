using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>Finds the values that come together with too many people: the shop's tablet, the office's phone, <c>test@test.com</c>.</summary>
internal static class SharedValues
{
    /// <summary>The shared values among the claims, by node name.</summary>
    /// <param name="above">A value is shared when it comes together with more than this.</param>
    public static Dictionary<string, SharedValue> Find(IReadOnlyList<IdentityClaim> claims, int above)
    {
        Dictionary<string, Dictionary<string, HashSet<string>>> company = new(StringComparer.Ordinal);
        foreach (var claim in claims)
        {
            foreach (var value in claim.Nodes.Where(CanBeShared))
            {
                foreach (var other in claim.Nodes)
                {
                    if (PeopleCountedBy(value, other) is { } with) Add(company, value.Name, with, other.Name);
                }
            }
        }
        Dictionary<string, SharedValue> shared = new(StringComparer.Ordinal);
        foreach (var (node, counts) in company)
        {
            var (with, people) = counts.OrderByDescending(count => count.Value.Count).ThenBy(count => count.Key, StringComparer.Ordinal).First();
            if (people.Count > above) shared.Add(node, new SharedValue(node, people.Count, with));
        }
        return shared;
    }

    private static bool CanBeShared(IdentityNode node) => node.Kind is IdentifierKind.Email or IdentifierKind.Phone or IdentifierKind.Anonymous;

    // People are told apart by customer ids of one connection, by user ids, and, for what is weaker than an address, by addresses.
    private static string? PeopleCountedBy(IdentityNode value, IdentityNode other) => other.Kind switch
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
