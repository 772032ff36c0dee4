using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Connectors;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Reads one connection of the file.</summary>
internal sealed class ConnectionReader(ConnectorCatalog catalog, Variables variables, Findings findings)
{
    private static readonly string[] Members = ["connector", "enabled", "settings", "reconcile"];

    /// <summary>The connection, or null when it is wrong in such a way that there is none.</summary>
    public Connection? Read(JProperty member)
    {
        if (!IsName(member.Name))
            findings.Add(member, "is not a name for a connection; take lower-case letters, digits and underscores, a letter first, for example shop_eu");
        if (member.Value is not JObject body)
        {
            findings.Add(member.Value, """is not an object; write {"connector": …, "settings": {…}}""");
            return null;
        }
        findings.RequireKnown(body, Members);
        var enabled = Enabled(body);
        var connector = Connector(body);
        var reconcile = new ReconcileReader(variables, findings).Read(body["reconcile"], connector, enabled);
        var settings = Settings(body);
        if (settings is null) return null;
        if (connector is not null) return Bind(member.Name, connector, enabled, reconcile, settings);
        variables.Resolve(settings, enabled);
        return null;
    }

    private bool Enabled(JObject body)
    {
        if (body["enabled"] is not { } token) return true;
        if (token.Type is JTokenType.Boolean) return (bool)token;
        findings.Add(token, "is not true or false");
        return true;
    }

    private ConnectorDescription? Connector(JObject body)
    {
        var keys = catalog.All.Select(connector => connector.Key);
        if (body["connector"] is not { } token)
        {
            findings.Add(Findings.LineOf(body), $"{body.Path}.connector", $"connector is required; write one of {string.Join(", ", keys)}");
            return null;
        }
        if (token is not JValue { Value: string } text)
        {
            findings.Add(token, $"is not a text; write one of {string.Join(", ", keys)}");
            return null;
        }
        if (!variables.Resolve(text, required: true)) return null;
        var key = text.ToString(CultureInfo.InvariantCulture);
        if (catalog.Find(key) is { } connector) return connector;
        findings.Add(text, $"is not a connector{SettingsBinder.Suggestion(key, keys)}");
        return null;
    }

    private JObject? Settings(JObject body)
    {
        var token = body["settings"];
        if (token is null) body["settings"] = token = new JObject();
        if (token is JObject settings) return settings;
        findings.Add(token, "is not an object");
        return null;
    }

    private Connection? Bind(string name, ConnectorDescription connector, bool enabled, ReconcileSchedule reconcile, JObject settings)
    {
        var known = connector.Settings.Select(setting => setting.Name).ToHashSet(StringComparer.Ordinal);
        WarnOfSecrets(connector, settings);
        var unresolved = settings.Properties().Where(member => !variables.Resolve(member.Value, enabled)).Select(member => member.Path).ToHashSet(StringComparer.Ordinal);
        var unknown = settings.Properties().Where(member => !known.Contains(member.Name)).Select(member => member.Path).ToHashSet(StringComparer.Ordinal);
        var bound = connector.Bind(settings, out var errors);
        foreach (var error in errors.Where(error => unknown.Contains(error.Path) || (enabled && !unresolved.Contains(error.Path))))
            findings.Add(error.Line > 0 ? error.Line : Findings.LineOf(settings.Ancestors().OfType<JObject>().First()), error.Path, error.Problem);
        return new Connection
        {
            Name = name,
            Connector = connector,
            Enabled = enabled,
            Settings = enabled ? bound : null,
            Source = enabled && bound is not null ? TryCreate(connector, bound, settings) as IWebhookSource : null,
            Reconcile = reconcile,
            Fingerprint = Fingerprint(connector, enabled, settings),
        };
    }

    // A public key is no secret, and an empty text no value.
    private void WarnOfSecrets(ConnectorDescription connector, JObject settings)
    {
        foreach (var setting in connector.Settings.Where(setting => setting.IsSecret && !setting.Rules.OfType<EcdsaKeysAttribute>().Any()))
        {
            if (settings[setting.Name] is not { } token) continue;
            IEnumerable<JToken> texts = token is JContainer container ? container.Descendants() : [token];
            foreach (var text in texts.Where(text => text is JValue { Value: string { Length: > 0 } value } && !value.Contains("${", StringComparison.Ordinal)))
                findings.Warn(text, "holds a secret that whoever reads the file can read; write ${NAME}, and set the environment variable or seal the secret with 'secrets set NAME'");
        }
    }

    private object? TryCreate(ConnectorDescription connector, ConnectorSettings bound, JObject settings)
    {
        try
        {
            return connector.Create(bound);
        }
        catch (TargetInvocationException exception)
        {
            // The message could quote a secret; its kind can't.
            findings.Add(settings, $"is refused by the connector ({exception.InnerException?.GetType().Name}); compare it with the connector's page");
            return null;
        }
    }

    private static string Fingerprint(ConnectorDescription connector, bool enabled, JObject settings) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{connector.Key} {connector.Version} {enabled} {settings.ToString(Formatting.None)}")));

    private static bool IsName(string name) => name.Length > 0 && char.IsAsciiLetterLower(name[0]) && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_');
}
