using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Contacts;

/// <summary>Whose a node is, and why it links nobody where it does not.</summary>
/// <param name="ContactId">The contact that it belongs to; null for none.</param>
/// <param name="Why">Why it links nobody, free of personal data; null when it belongs to a contact.</param>
/// <param name="Block">The decision that blocks it, if one does.</param>
/// <param name="Refused">Ties of it that were refused.</param>
internal sealed record IdentifierStanding(Guid? ContactId, string? Why, StoredDecision? Block, IReadOnlyList<RefusedTieRow> Refused)
{
    public static IdentifierStanding Of(DbSession session, string node, HubConfiguration configuration)
    {
        if (session.FindNode(node) is not { } row) return new IdentifierStanding(null, "no event names it", null, []);
        var refused = session.RefusedTiesOf(node);
        return row switch
        {
            { Standing: NodeStanding.Blocked } => Blocked(session, node),
            { Standing: NodeStanding.Shared } => new IdentifierStanding(
                null, $"it comes together with {SharedValueCount.Of(session, node, configuration)}, more than {configuration.Identity.Limits.SharedAbove}, and is shared", null, []),
            { ContactKey: { } key } => new IdentifierStanding(session.FindContact(key)?.Id, null, null, refused),
            _ => new IdentifierStanding(null, refused.Count > 0 ? "every tie to it was refused" : "no event names it", null, refused),
        };
    }

    private static IdentifierStanding Blocked(DbSession session, string node)
    {
        var block = session.DecisionsThatHold().Find(made => made.Decision is BlockValue value && value.Node == node);
        return new IdentifierStanding(null, block is null ? "a decision blocks it" : $"decision {block.Id} blocks it", block, []);
    }
}

/// <summary>A tie that was refused, as it is stored.</summary>
internal sealed record RefusedTieRow(string One, string Other, string Reason, Guid EventId);
