using System.Collections.Frozen;
using IntegrationHub.Connectors;
using IntegrationHub.Connectors.Declarative;

namespace IntegrationHub.Hub.Configuration;

/// <summary>All that a connectors file and one's own declarations say: one immutable snapshot.</summary>
internal sealed class HubConfiguration
{
    /// <summary>Connections by name, disabled ones included.</summary>
    public required FrozenDictionary<string, Connection> Connections { get; init; }

    public required IdentitySettings Identity { get; init; }

    /// <summary>The connectors there are: those that come with the hub, and one's own.</summary>
    public ConnectorCatalog Catalog { get; init; } = ConnectorCatalog.BuiltIn;

    /// <summary>The declarations of one's own, by the names of their files.</summary>
    public FrozenDictionary<string, Declaration> Declarations { get; init; } = FrozenDictionary<string, Declaration>.Empty;

    /// <summary>What works, and should not stay as it is: secrets that stand in the file.</summary>
    public IReadOnlyList<ConfigurationError> Warnings { get; init; } = [];

    /// <summary>Full path of the file.</summary>
    public required string File { get; init; }
}
