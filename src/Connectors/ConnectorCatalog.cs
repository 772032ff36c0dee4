using System.Collections.Frozen;
using System.Reflection;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors;

/// <summary>The connectors of an assembly, found by their <see cref="ConnectorAttribute"/>: a folder is registered by being there.</summary>
public sealed class ConnectorCatalog
{
    private readonly FrozenDictionary<string, ConnectorDescription> byKey;
    private readonly FrozenDictionary<string, IWebhookSimulator> simulators;

    /// <summary>Reads an assembly once.</summary>
    /// <exception cref="InvalidOperationException">Two connectors share a key, or one has no constructor that takes its settings.</exception>
    public ConnectorCatalog(Assembly assembly)
    {
        var types = assembly.GetTypes().Where(type => type is { IsAbstract: false, IsClass: true }).ToList();
        Dictionary<string, ConnectorDescription> found = new(StringComparer.Ordinal);
        foreach (var description in types.Select(ConnectorDescription.Of).OfType<ConnectorDescription>())
        {
            if (!found.TryAdd(description.Key, description))
                throw new InvalidOperationException($"Connector key '{description.Key}' is declared by both {found[description.Key].Type} and {description.Type}.");
        }
        byKey = found.ToFrozenDictionary(StringComparer.Ordinal);
        simulators = types.Where(typeof(IWebhookSimulator).IsAssignableFrom)
            .Select(type => (IWebhookSimulator?)Activator.CreateInstance(type) ?? throw new InvalidOperationException($"{type} can't be created."))
            .ToFrozenDictionary(simulator => simulator.Connector, StringComparer.Ordinal);
    }

    /// <summary>The connectors that come with the hub.</summary>
    public static ConnectorCatalog BuiltIn { get; } = new(typeof(ConnectorCatalog).Assembly);

    /// <summary>All connectors by key.</summary>
    public IEnumerable<ConnectorDescription> All => byKey.Values.OrderBy(connector => connector.Key, StringComparer.Ordinal);

    /// <summary>The connector with this key, or null.</summary>
    public ConnectorDescription? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>The simulator of the connector with this key, or null.</summary>
    public IWebhookSimulator? Simulator(string key) => simulators.GetValueOrDefault(key);
}

/// <summary>One connector of the catalog.</summary>
public sealed class ConnectorDescription
{
    private readonly ConnectorAttribute attribute;

    private ConnectorDescription(Type type, ConnectorAttribute attribute, Type settingsType)
    {
        Type = type;
        this.attribute = attribute;
        SettingsType = settingsType;
    }

    /// <summary>Key in <c>connectors.json</c>.</summary>
    public string Key => attribute.Key;

    /// <summary>The vendor's name.</summary>
    public string Name => attribute.Name;

    /// <summary>Kind of tool.</summary>
    public ConnectorCategory Category => attribute.Category;

    /// <summary>Path at the root of the host where the vendor looks for somebody before it takes a webhook's address; null when it does not.</summary>
    public string? ProbePath => attribute.ProbePath;

    /// <summary>The class.</summary>
    public Type Type { get; }

    /// <summary>Its settings record.</summary>
    public Type SettingsType { get; }

    /// <summary>Reads settings for one connection.</summary>
    /// <param name="settings">The <c>settings</c> object.</param>
    /// <param name="errors">Everything that is wrong with the settings.</param>
    /// <returns>The settings, or null when there are errors.</returns>
    public ConnectorSettings? Bind(JObject settings, out IReadOnlyList<SettingsError> errors) =>
        (ConnectorSettings?)SettingsBinder.Bind(SettingsType, settings, out errors);

    /// <summary>Creates the connector for one connection.</summary>
    /// <param name="settings">An instance of <see cref="SettingsType"/>.</param>
    /// <exception cref="TargetInvocationException">The connector refuses its settings.</exception>
    public object Create(ConnectorSettings settings) =>
        Activator.CreateInstance(Type, settings) ?? throw new InvalidOperationException($"{Type} can't be created.");

    internal static ConnectorDescription? Of(Type type)
    {
        if (type.GetCustomAttribute<ConnectorAttribute>() is not { } attribute) return null;
        return type.GetConstructors() is [var constructor] && constructor.GetParameters() is [var parameter] && parameter.ParameterType.IsSubclassOf(typeof(ConnectorSettings))
            ? new ConnectorDescription(type, attribute, parameter.ParameterType)
            : throw new InvalidOperationException($"{type} needs one public constructor, which takes its settings record and nothing else.");
    }
}
