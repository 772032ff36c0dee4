using System.Reflection;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors;

/// <summary>One connector of the catalog.</summary>
public abstract class ConnectorDescription
{
    private protected ConnectorDescription() { }

    /// <summary>Key in <c>connectors.json</c>.</summary>
    public abstract string Key { get; }

    /// <summary>The vendor's name.</summary>
    public abstract string Name { get; }

    /// <summary>Kind of tool.</summary>
    public abstract ConnectorCategory Category { get; }

    /// <summary>Path at the root of the host where the vendor looks for somebody before it takes a webhook's address; null when it does not.</summary>
    public virtual string? ProbePath => null;

    /// <summary>Where it comes from: a class, or a file.</summary>
    public abstract string Origin { get; }

    /// <summary>Tells two declarations of one key apart; blank for a class, which changes with the build alone.</summary>
    public virtual string Version => "";

    /// <summary>The settings that its connections have.</summary>
    public abstract IReadOnlyList<Setting> Settings { get; }

    /// <summary>What plays its vendor, or null.</summary>
    public abstract IWebhookSimulator? Simulator { get; }

    /// <summary>Whether it can fetch single objects from its vendor: <see cref="IHydrate"/>.</summary>
    public virtual bool FetchesObjects => false;

    /// <summary>Whether it can read its vendor's history: <see cref="IBackfill"/>.</summary>
    public virtual bool ReadsHistory => false;

    /// <summary>Reads settings for one connection.</summary>
    /// <param name="settings">The <c>settings</c> object.</param>
    /// <param name="errors">Everything that is wrong with the settings.</param>
    /// <returns>The settings, or null when there are errors.</returns>
    public abstract ConnectorSettings? Bind(JObject settings, out IReadOnlyList<SettingsError> errors);

    /// <summary>Creates the connector for one connection.</summary>
    /// <param name="settings">What <see cref="Bind"/> returned.</param>
    /// <exception cref="TargetInvocationException">The connector refuses its settings.</exception>
    public abstract object Create(ConnectorSettings settings);
}
