using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>A connector that is declared in a file.</summary>
public sealed class DeclaredConnector : ConnectorDescription
{
    private readonly Declaration declaration;

    internal DeclaredConnector(Declaration declaration, IWebhookSimulator? simulator)
    {
        this.declaration = declaration;
        Simulator = simulator ?? (declaration.Rules.Simulated.Count > 0 ? new DeclaredSimulator(declaration) : null);
        var isSigned = declaration.Rules.Proofs is not [{ IsSignature: false }];
        var secret = new Setting
        {
            Name = isSigned ? "webhookSecret" : "webhookToken",
            Type = typeof(Secrets),
            IsRequired = true,
            IsSecret = true,
            Description = (isSigned ? "The secret that deliveries are signed with" : "The secret that comes with every delivery") + "; a list while it is being changed.",
        };
        Settings = [secret, .. declaration.Rules.Settings.Select(setting => setting.Setting), .. SettingsBinder.Settings(typeof(ConnectorSettings))];
    }

    /// <inheritdoc/>
    public override string Key => declaration.Key;

    /// <inheritdoc/>
    public override string Name => declaration.Name;

    /// <inheritdoc/>
    public override ConnectorCategory Category => declaration.Category;

    /// <inheritdoc/>
    public override string Origin => declaration.File;

    /// <inheritdoc/>
    public override string Version => declaration.Version;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; }

    /// <inheritdoc/>
    public override IWebhookSimulator? Simulator { get; }

    /// <summary>The vendor's own description of its webhooks; null when it has none.</summary>
    public Uri? Documentation => declaration.Documentation;

    /// <inheritdoc/>
    public override ConnectorSettings? Bind(JObject settings, out IReadOnlyList<SettingsError> errors)
    {
        if (SettingsBinder.Read(Settings, settings, out errors) is not { } values) return null;
        return new DeclaredSettings
        {
            Secret = (Secrets)values[Settings[0].Name],
            Proof = declaration.Rules.Proofs.Count > 1 ? values.GetValueOrDefault(DeclaredSetting.Proof) as string ?? declaration.Rules.Proofs[0].Name : null,
            DefaultCountry = values.GetValueOrDefault("defaultCountry") as string,
            Values = declaration.Rules.Settings.Select(setting => (setting.Setting.Name, Value: values.GetValueOrDefault(setting.Setting.Name, setting.Default!)))
                .Where(setting => setting.Value is not null).ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal),
        };
    }

    /// <inheritdoc/>
    public override object Create(ConnectorSettings settings) => new DeclaredSource(declaration, (DeclaredSettings)settings);
}
