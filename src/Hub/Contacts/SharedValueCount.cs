using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;

namespace IntegrationHub.Hub.Contacts;

/// <summary>How many a shared value comes together with today: what is stored with it is the count that made it shared.</summary>
/// <param name="People">How many.</param>
/// <param name="Counted">What was counted, for example <c>customers of shop_eu</c>.</param>
/// <param name="IsExact">Whether all events that mention it were counted.</param>
internal sealed record SharedValueCount(long People, string Counted, bool IsExact)
{
    private const int MaxEvents = 1000;

    public static SharedValueCount Of(DbSession session, string name, HubConfiguration configuration)
    {
        var stored = session.First("select people, counted from shared_value where name = $name", row => new SharedValueCount(row.GetInt64(0), row.GetString(1), false), ("$name", name))
            ?? new SharedValueCount(0, "people", false);
        var rules = new IdentityRules(configuration);
        var rows = session.EventRowsMentioning(name, MaxEvents + 1);
        var claims = rows.ConvertAll(row => new IdentityClaim(row.EventId, null, [.. rules.NodesOf(row.Read()).Where(node => node.Name == name || IsCounted(session, node))]));
        if (!SharedValues.Find(claims, configuration.Identity.Limits.SharedAbove).TryGetValue(name, out var counted)) return stored;
        return counted.People >= stored.People ? new SharedValueCount(counted.People, counted.With, rows.Count <= MaxEvents) : stored;
    }

    public override string ToString() => $"{(IsExact ? "" : "at least ")}{People} {Counted}";

    private static bool IsCounted(DbSession session, IdentityNode node) =>
        node.Kind is IdentifierKind.User or IdentifierKind.Customer or IdentifierKind.Email && session.FindNode(node.Name) is not { Links: false };
}
