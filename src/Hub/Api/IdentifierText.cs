using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Api;

/// <summary>Identifiers as the API writes them: <c>kind:value</c>, and <c>kind:connection:value</c> where the value counts within a connection only.</summary>
internal static class IdentifierText
{
    /// <summary>The node of an identifier.</summary>
    /// <returns>The node, or the problem with the text; neither when the value can name nobody.</returns>
    public static (IdentityNode? Node, string? Problem) Read(string text, IdentityRules rules) =>
        Parse(text) is { Identifier: { } identifier, Connection: var connection } ? (rules.Node(identifier, connection), null) : (null, Parse(text).Problem);

    /// <summary>The identifier as it is written, whether it can name somebody or not.</summary>
    /// <returns>The identifier and the connection within which it counts (empty: everywhere), or the problem with the text.</returns>
    public static (Identifier? Identifier, string Connection, string? Problem) Parse(string text)
    {
        var parts = text.Split(':', 2);
        if (parts.Length < 2 || parts[0].Length == 0 || char.IsAsciiDigit(parts[0][0]) || !Enum.TryParse<IdentifierKind>(parts[0], ignoreCase: true, out var kind))
            return (null, "", "identifier is written kind:value (email, phone, user) or kind:connection:value (customer, anonymous).");
        if (kind is not (IdentifierKind.Customer or IdentifierKind.Anonymous)) return (new Identifier { Kind = kind, Value = parts[1] }, "", null);
        var local = parts[1].Split(':', 2);
        return local.Length == 2
            ? (new Identifier { Kind = kind, Value = local[1] }, local[0], null)
            : (null, "", $"The id of {(kind is IdentifierKind.Customer ? "a customer" : "an anonymous visitor")} counts within its connection: write {Names.Of(kind)}:connection:value.");
    }
}
