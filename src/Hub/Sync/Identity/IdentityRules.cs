using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Sync.Normalization;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>By what an event is known to concern a person: its identifiers, normalized, without those that name nobody in particular, and its entities.</summary>
internal sealed class IdentityRules(HubConfiguration configuration)
{
    private readonly HubConfiguration configuration = configuration;

    /// <summary>Whether they read every event alike, because they are of one configuration.</summary>
    public bool AreSameAs(IdentityRules other) => ReferenceEquals(configuration, other.configuration);

    /// <summary>The nodes of an event, the strongest first; the first one is where the event is kept. Empty when the event names nobody.</summary>
    public IReadOnlyList<IdentityNode> NodesOf(ContactEvent contactEvent) => Read(contactEvent).Nodes;

    /// <summary>The nodes of an event, and what it tells that is none.</summary>
    public EventIdentity Read(ContactEvent contactEvent)
    {
        List<IdentityNode> nodes = [];
        List<UnlinkedValue> unusable = [];
        foreach (var identifier in contactEvent.Person.Identifiers)
        {
            var (node, reason) = Judge(identifier, contactEvent.Connection);
            if (node is not null && !nodes.Exists(other => other.Name == node.Name)) nodes.Add(node);
            if (reason is not null && !string.IsNullOrWhiteSpace(identifier.Value)) unusable.Add(new UnlinkedValue(identifier.Kind, identifier.Value, reason, null));
        }
        nodes.Sort((one, other) => one.Kind != other.Kind ? Nullable.Compare(one.Kind, other.Kind) : string.CompareOrdinal(one.Name, other.Name));
        foreach (var entity in EntityReferences.Of(contactEvent).Where(entity => entity.BelongsToOnePerson)) nodes.Add(IdentityNode.Of(entity, contactEvent.Connection));
        return new EventIdentity(nodes, unusable);
    }

    /// <summary>The node of a value that someone searches for, or null when it can name nobody.</summary>
    public IdentityNode? Node(Identifier identifier, string connection) => Judge(identifier, connection).Node;

    private (IdentityNode? Node, string? Reason) Judge(Identifier identifier, string connection)
    {
        var (value, reason) = Normalize(identifier, connection);
        if (value is null) return (null, reason);
        if (BuiltInBlocklist.Blocks(identifier.Kind, value) is not null) return (null, UnlinkedValue.Blocked);
        var node = IdentityNode.Of(identifier, value, connection);
        return IsBlocked(node) ? (null, UnlinkedValue.Blocked) : (node, null);
    }

    private (string? Value, string? Reason) Normalize(Identifier identifier, string connection)
    {
        switch (identifier.Kind)
        {
            case IdentifierKind.Email:
                return EmailAddress.TryNormalize(identifier.Value, configuration.Identity.Emails, out var email) ? (email, null) : (null, UnlinkedValue.NotValid);
            case IdentifierKind.Phone:
                var country = configuration.Connections.GetValueOrDefault(connection)?.Settings?.DefaultCountry;
                return PhoneNumber.Read(identifier.Value, country) switch
                {
                    PhoneResult.Number number => (number.E164, null),
                    // The line belongs to everybody behind it.
                    PhoneResult.HasExtension => (null, UnlinkedValue.Shared),
                    _ => (null, UnlinkedValue.NotValid),
                };
            default:
                var text = identifier.Value.Trim();
                return text.Length is > 0 and <= 512 ? (text, null) : (null, UnlinkedValue.NotValid);
        }
    }

    private bool IsBlocked(IdentityNode node) => node.Kind switch
    {
        IdentifierKind.Email => configuration.Identity.BlockedEmails is { Count: > 0 } blocked && (blocked.Contains(node.Value) || blocked.Contains(node.Value[node.Value.LastIndexOf('@')..])),
        IdentifierKind.Phone => configuration.Identity.BlockedPhones.Contains(node.Value),
        _ => configuration.Identity.BlockedIds.Contains(node.Name),
    };
}
