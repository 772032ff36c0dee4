namespace IntegrationHub.Hub.Configuration;

/// <summary>A reload that succeeded.</summary>
internal sealed class ConfigurationChange(HubConfiguration previous, HubConfiguration current) : EventArgs
{
    public HubConfiguration Previous { get; } = previous;

    public HubConfiguration Current { get; } = current;

    /// <summary>Names of the connections that are new.</summary>
    public IReadOnlyList<string> Added { get; } = Missing(current, previous);

    /// <summary>Names of the connections that are gone.</summary>
    public IReadOnlyList<string> Removed { get; } = Missing(previous, current);

    /// <summary>Names of the connections that are configured otherwise.</summary>
    public IReadOnlyList<string> Changed { get; } =
        [.. current.Connections.Values.Where(connection => previous.Connections.TryGetValue(connection.Name, out var before) && (before.Fingerprint != connection.Fingerprint || before.Reconcile != connection.Reconcile))
            .Select(connection => connection.Name).Order(StringComparer.Ordinal)];

    private static IReadOnlyList<string> Missing(HubConfiguration from, HubConfiguration there) =>
        [.. from.Connections.Keys.Where(name => !there.Connections.ContainsKey(name)).Order(StringComparer.Ordinal)];
}
