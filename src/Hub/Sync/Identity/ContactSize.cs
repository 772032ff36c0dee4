using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>How many identifiers of each limited kind a contact has.</summary>
internal sealed class ContactSize
{
    private readonly Dictionary<Counted, int> counts = [];

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
            // Neither does a visitor's id count, nor the address or number itself: what it is tells the beginning.
            var kind = Names.IdentifierKindOf(name.AsSpan(0, name.IndexOf(':', StringComparison.Ordinal)));
            size.Add(kind, kind is IdentifierKind.Customer ? IdentityNode.Parse(name).Connection : null);
        }
        return size;
    }

    public void Add(IdentifierKind? kind, string? connection)
    {
        if (kind is { } counted and not IdentifierKind.Anonymous) Add(new Counted(counted, counted is IdentifierKind.Customer ? connection : null), 1);
    }

    public void Add(ContactSize other)
    {
        foreach (var (what, count) in other.counts) Add(what, count);
    }

    /// <summary>Why two people of these sizes may not be one; null when they may. One that a ruling made larger than a limit may stay so, but not grow.</summary>
    public static string? WhyNotTogether(ContactSize one, ContactSize other, IdentityLimits limits)
    {
        foreach (var (what, count) in other.counts)
        {
            var together = one.counts.GetValueOrDefault(what) + count;
            if (together > count && together > what.Most(limits)) return $"one contact would have {together} {what.Text}, more than {what.Most(limits)}";
        }
        return null;
    }

    private void Add(Counted what, int count) => counts[what] = counts.GetValueOrDefault(what) + count;

    /// <summary>What is counted.</summary>
    /// <param name="Connection">The connection, for the ids of its customers.</param>
    private readonly record struct Counted(IdentifierKind Kind, string? Connection)
    {
        public string Text => Kind switch
        {
            IdentifierKind.Email => "e-mail addresses",
            IdentifierKind.Phone => "phone numbers",
            IdentifierKind.User => "user ids",
            _ => $"customer ids of {Connection}",
        };

        public int Most(IdentityLimits limits) => Kind switch
        {
            IdentifierKind.Email => limits.Emails,
            IdentifierKind.Phone => limits.Phones,
            IdentifierKind.User => limits.Users,
            _ => limits.CustomersPerConnection,
        };
    }
}
