using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Sync.Normalization;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>By what an event is known to concern a person: its identifiers, normalized, without those that name nobody in particular, and its entities.</summary>
internal sealed class IdentityRules(HubConfiguration configuration)
{
    /// <summary>The nodes of an event, the strongest first; the first one is where the event is kept. Empty when the event names nobody.</summary>
    public IReadOnlyList<IdentityNode> NodesOf(ContactEvent contactEvent)
    {
        List<IdentityNode> nodes = [];
        foreach (var identifier in contactEvent.Person.Identifiers)
        {
            if (Node(identifier, contactEvent.Connection) is { } node && !nodes.Exists(other => other.Name == node.Name)) nodes.Add(node);
        }
        nodes.Sort((one, other) => one.Kind != other.Kind ? Nullable.Compare(one.Kind, other.Kind) : string.CompareOrdinal(one.Name, other.Name));
        foreach (var entity in EntityReferences.Of(contactEvent).Where(entity => entity.BelongsToOnePerson)) nodes.Add(IdentityNode.Of(entity, contactEvent.Connection));
        return nodes;
    }

    /// <summary>The node of a value that someone searches for, or null when it can name nobody.</summary>
    public IdentityNode? Node(Identifier identifier, string connection) =>
        Normalize(identifier, connection) is { } value && BuiltInBlocklist.Blocks(identifier.Kind, value) is null && !IsBlocked(identifier.Kind, value)
            ? IdentityNode.Of(identifier, value, connection)
            : null;

    private string? Normalize(Identifier identifier, string connection)
    {
        switch (identifier.Kind)
        {
            case IdentifierKind.Email:
                return EmailAddress.TryNormalize(identifier.Value, out var email) ? email : null;
            case IdentifierKind.Phone:
                var country = configuration.Connections.GetValueOrDefault(connection)?.Settings?.DefaultCountry;
                return PhoneNumber.TryNormalize(identifier.Value, country, out var phone) ? phone : null;
            default:
                var text = identifier.Value.Trim();
                return text.Length is > 0 and <= 512 ? text : null;
        }
    }

    private bool IsBlocked(IdentifierKind kind, string value) =>
        kind is IdentifierKind.Email && configuration.Identity.BlockedEmails is { Count: > 0 } blocked
        && (blocked.Contains(value) || blocked.Contains(value[value.LastIndexOf('@')..]));
}
