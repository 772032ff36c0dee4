using System.Collections.Frozen;
using System.Reflection;
using IntegrationHub.Connectors.Declarative;

namespace IntegrationHub.Connectors;

/// <summary>The connectors there are: classes of an assembly, found by their <see cref="ConnectorAttribute"/>, and declarations. A folder is registered by being there.</summary>
public sealed class ConnectorCatalog
{
    private readonly FrozenDictionary<string, ConnectorDescription> byKey;
    private readonly FrozenDictionary<string, IWebhookSimulator> simulators;

    /// <summary>Reads the classes of an assembly once.</summary>
    /// <exception cref="InvalidOperationException">Two connectors share a key, or one has no constructor that takes its settings.</exception>
    public ConnectorCatalog(Assembly assembly)
    {
        var types = assembly.GetTypes().Where(type => type is { IsAbstract: false, IsClass: true }).ToList();
        simulators = types.Where(type => typeof(IWebhookSimulator).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null)
            .Select(type => (IWebhookSimulator?)Activator.CreateInstance(type) ?? throw new InvalidOperationException($"{type} can't be created."))
            .ToFrozenDictionary(simulator => simulator.Connector, StringComparer.Ordinal);
        byKey = ByKey(types.Select(type => WrittenConnector.Of(type, simulators)).OfType<ConnectorDescription>());
    }

    private ConnectorCatalog(ConnectorCatalog other, IEnumerable<Declaration> declarations)
    {
        simulators = other.simulators;
        byKey = ByKey([.. other.byKey.Values, .. declarations.Select(declaration => new DeclaredConnector(declaration, simulators.GetValueOrDefault(declaration.Key)))]);
    }

    /// <summary>The connectors that come with the hub, written and declared ones.</summary>
    /// <exception cref="InvalidOperationException">A declaration that comes with the hub is wrong.</exception>
    public static ConnectorCatalog BuiltIn { get; } = new ConnectorCatalog(typeof(ConnectorCatalog).Assembly).With(Declaration.Embedded(typeof(ConnectorCatalog).Assembly));

    /// <summary>All connectors by key.</summary>
    public IEnumerable<ConnectorDescription> All => byKey.Values.OrderBy(connector => connector.Key, StringComparer.Ordinal);

    /// <summary>These connectors and some declared ones.</summary>
    /// <exception cref="InvalidOperationException">Two connectors share a key.</exception>
    public ConnectorCatalog With(IEnumerable<Declaration> declarations) => new(this, declarations);

    /// <summary>The connector with this key, or null.</summary>
    public ConnectorDescription? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>The simulator of the connector with this key, or null.</summary>
    public IWebhookSimulator? Simulator(string key) => Find(key)?.Simulator;

    private static FrozenDictionary<string, ConnectorDescription> ByKey(IEnumerable<ConnectorDescription> descriptions)
    {
        Dictionary<string, ConnectorDescription> found = new(StringComparer.Ordinal);
        foreach (var description in descriptions)
        {
            if (!found.TryAdd(description.Key, description))
                throw new InvalidOperationException($"Connector key '{description.Key}' is declared by both {found[description.Key].Origin} and {description.Origin}.");
        }
        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
