using System.Collections.Frozen;

namespace IntegrationHub.Hub.Configuration;

/// <summary>All that a connectors file says: one immutable snapshot.</summary>
internal sealed class HubConfiguration
{
    /// <summary>Connections by name, disabled ones included.</summary>
    public required FrozenDictionary<string, Connection> Connections { get; init; }

    public required IdentitySettings Identity { get; init; }

    /// <summary>Full path of the file.</summary>
    public required string File { get; init; }
}
