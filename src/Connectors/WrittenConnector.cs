using System.Reflection;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors;

/// <summary>A connector that is a class.</summary>
public sealed class WrittenConnector : ConnectorDescription
{
    private readonly ConnectorAttribute attribute;

    private WrittenConnector(Type type, ConnectorAttribute attribute, Type settingsType, IWebhookSimulator? simulator)
    {
        Type = type;
        this.attribute = attribute;
        SettingsType = settingsType;
        Simulator = simulator;
        Settings = SettingsBinder.Settings(settingsType);
    }

    /// <inheritdoc/>
    public override string Key => attribute.Key;

    /// <inheritdoc/>
    public override string Name => attribute.Name;

    /// <inheritdoc/>
    public override ConnectorCategory Category => attribute.Category;

    /// <inheritdoc/>
    public override string? ProbePath => attribute.ProbePath;

    /// <inheritdoc/>
    public override string Origin => Type.ToString();

    /// <summary>The class.</summary>
    public Type Type { get; }

    /// <summary>Its settings record.</summary>
    public Type SettingsType { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; }

    /// <inheritdoc/>
    public override IWebhookSimulator? Simulator { get; }

    /// <inheritdoc/>
    public override bool FetchesObjects => Type.IsAssignableTo(typeof(IHydrate));

    /// <inheritdoc/>
    public override bool ReadsHistory => Type.IsAssignableTo(typeof(IBackfill));

    /// <inheritdoc/>
    public override ConnectorSettings? Bind(JObject settings, out IReadOnlyList<SettingsError> errors) =>
        (ConnectorSettings?)SettingsBinder.Bind(SettingsType, settings, out errors);

    /// <inheritdoc/>
    public override object Create(ConnectorSettings settings) =>
        Activator.CreateInstance(Type, settings) ?? throw new InvalidOperationException($"{Type} can't be created.");

    internal static WrittenConnector? Of(Type type, IReadOnlyDictionary<string, IWebhookSimulator> simulators)
    {
        if (type.GetCustomAttribute<ConnectorAttribute>() is not { } attribute) return null;
        return type.GetConstructors() is [var constructor] && constructor.GetParameters() is [var parameter] && parameter.ParameterType.IsSubclassOf(typeof(ConnectorSettings))
            ? new WrittenConnector(type, attribute, parameter.ParameterType, simulators.GetValueOrDefault(attribute.Key))
            : throw new InvalidOperationException($"{type} needs one public constructor, which takes its settings record and nothing else.");
    }
}
