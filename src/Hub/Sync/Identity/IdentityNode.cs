using IntegrationHub.Contracts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Sync.Identity;

/// <summary>What events can share, and by which they are known to concern one person: an identifier, or an entity that belongs to one person.</summary>
internal sealed class IdentityNode
{
    private IdentityNode(string name, IdentifierKind? kind, string value, string? connection, string raw)
    {
        Name = StoredText.Key(name);
        Kind = kind;
        Value = value;
        Connection = connection;
        Raw = raw;
    }

    /// <summary>The same for the same node: <c>email:zoe@example.com</c>, <c>customer:shop_eu:7700101</c>, <c>order:shop_eu:8800501</c>.</summary>
    public string Name { get; }

    /// <summary>Kind of identifier; null for an entity.</summary>
    public IdentifierKind? Kind { get; }

    /// <summary>The normalized value.</summary>
    public string Value { get; }

    /// <summary>The connection within which the value counts; null when it counts everywhere.</summary>
    public string? Connection { get; }

    /// <summary>The value as the vendor sent it.</summary>
    public string Raw { get; }

    /// <summary>Whether people would call it an identifier.</summary>
    public bool IsIdentifier => Kind is not null;

    /// <summary>A node for an identifier.</summary>
    /// <param name="identifier">As the vendor sent it.</param>
    /// <param name="value">Normalized.</param>
    /// <param name="connection">The connection that told it.</param>
    public static IdentityNode Of(Identifier identifier, string value, string connection)
    {
        var local = identifier.Kind is IdentifierKind.Customer or IdentifierKind.Anonymous;
        var name = local ? $"{Names.Of(identifier.Kind)}:{connection}:{value}" : $"{Names.Of(identifier.Kind)}:{value}";
        return new IdentityNode(name, identifier.Kind, value, local ? connection : null, identifier.Value);
    }

    /// <summary>A node for an entity.</summary>
    public static IdentityNode Of(EntityReference entity, string connection) =>
        new($"{Names.Of(entity.Type)}:{connection}:{entity.Id}", null, entity.Id, connection, entity.Id);

    /// <summary>A node for an event of whose identifiers none names anybody.</summary>
    public static IdentityNode OfEvent(Guid eventId) => new($"event:{eventId:N}", null, eventId.ToString("N"), null, "");

    /// <summary>How much the node can be trusted to name one person; lower is stronger.</summary>
    public int Rank => Kind switch
    {
        IdentifierKind.User => 0,
        IdentifierKind.Customer => 1,
        null => 2,
        IdentifierKind.Email => 3,
        IdentifierKind.Phone => 4,
        _ => 5,
    };

    /// <summary>Reads the parts of an identifier's name again.</summary>
    public static (IdentifierKind Kind, string Value, string? Connection) Parse(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var kind = Names.IdentifierKindOf(name.AsSpan(0, colon));
        var rest = name[(colon + 1)..];
        if (kind is not (IdentifierKind.Customer or IdentifierKind.Anonymous)) return (kind, rest, null);
        var next = rest.IndexOf(':', StringComparison.Ordinal);
        return (kind, rest[(next + 1)..], rest[..next]);
    }
}
