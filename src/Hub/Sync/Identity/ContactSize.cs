using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>How many identifiers of each limited kind a contact has.</summary>
internal sealed class ContactSize
{
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public static ContactSize Of(IdentityNode node)
    {
        var size = new ContactSize();
        size.Add(node.Kind, node.Connection);
        return size;
    }

    public static ContactSize Of(ContactState state)
    {
        var size = new ContactSize();
        foreach (var name in state.Identifiers.Keys)
        {
            if (name.StartsWith("anonymous:", StringComparison.Ordinal)) continue;
            var (kind, _, connection) = IdentityNode.Parse(name);
            size.Add(kind, connection);
        }
        return size;
    }

    public void Add(IdentifierKind? kind, string? connection)
    {
        if (Counted(kind, connection) is { } what) counts[what] = counts.GetValueOrDefault(what) + 1;
    }

    public void Add(ContactSize other)
    {
        foreach (var (what, count) in other.counts) counts[what] = counts.GetValueOrDefault(what) + count;
    }

    /// <summary>Why two people of these sizes may not be one; null when they may. One that a ruling made larger than a limit may stay so, but not grow.</summary>
    public static string? WhyNotTogether(ContactSize one, ContactSize other, IdentityLimits limits)
    {
        foreach (var (what, count) in other.counts)
        {
            var together = one.counts.GetValueOrDefault(what) + count;
            if (together > count && together > MaxOf(what, limits)) return $"one contact would have {together} {what}, more than {MaxOf(what, limits)}";
        }
        return null;
    }

    private static string? Counted(IdentifierKind? kind, string? connection) => kind switch
    {
        IdentifierKind.Email => "e-mail addresses",
        IdentifierKind.Phone => "phone numbers",
        IdentifierKind.User => "user ids",
        IdentifierKind.Customer => $"customer ids of {connection}",
        _ => null,
    };

    private static int MaxOf(string what, IdentityLimits limits) => what switch
    {
        "e-mail addresses" => limits.Emails,
        "phone numbers" => limits.Phones,
        "user ids" => limits.Users,
        _ => limits.CustomersPerConnection,
    };
}
