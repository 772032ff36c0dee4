using IntegrationHub.Connectors;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>JSON Schema (draft 7) of the connectors file, for editors: completion, explanations and typos while one writes. What counts is what the loader says.</summary>
internal sealed class ConnectorsSchema(ConnectorCatalog catalog)
{
    /// <summary>Name of the file in the data directory.</summary>
    public const string FileName = "connectors.schema.json";

    private readonly SettingSchema settings = new();

    /// <summary>The schema as text.</summary>
    public string Text => Document().ToString() + "\n";

    /// <summary>Writes the schema to a file, unless it says the same already.</summary>
    /// <returns>Whether it was written.</returns>
    public bool Write(string path) => SchemaFile.Write(path, Text);

    private JObject Document() => new()
    {
        ["$schema"] = "http://json-schema.org/draft-07/schema#",
        ["title"] = "Connections of IntegrationHub",
        ["type"] = "object",
        ["properties"] = new JObject
        {
            ["$schema"] = new JObject { ["type"] = "string" },
            ["connections"] = new JObject
            {
                ["description"] = "Connections by name.",
                ["type"] = "object",
                ["patternProperties"] = new JObject { ["^[a-z][a-z0-9_]*$"] = Connection() },
                ["additionalProperties"] = false,
            },
            ["identity"] = Identity(),
        },
        ["additionalProperties"] = false,
    };

    private JObject Connection() => new()
    {
        ["type"] = "object",
        ["properties"] = new JObject
        {
            ["connector"] = SettingSchema.OrReference(new JObject { ["enum"] = new JArray(catalog.All.Select(connector => connector.Key)) }),
            ["enabled"] = new JObject { ["type"] = "boolean", ["default"] = true },
            ["settings"] = new JObject { ["type"] = "object" },
            ["reconcile"] = JObject.Parse(ReconcileReader.Schema),
        },
        ["required"] = new JArray("connector"),
        ["additionalProperties"] = false,
        ["allOf"] = new JArray(catalog.All.SelectMany(Rules)),
    };

    /// <summary>What a connector asks of its settings; nothing is missing while a connection is disabled.</summary>
    private IEnumerable<JObject> Rules(ConnectorDescription connector)
    {
        var chosen = new JObject { ["connector"] = new JObject { ["enum"] = new JArray(connector.Key) } };
        yield return Rule(chosen, new JObject
        {
            ["properties"] = new JObject
            {
                ["settings"] = new JObject
                {
                    ["properties"] = new JObject(connector.Settings.Select(setting => new JProperty(setting.Name, settings.Of(setting)))),
                    ["additionalProperties"] = false,
                },
            },
        });
        var required = connector.Settings.Where(setting => setting.IsRequired).Select(setting => setting.Name).ToList();
        if (required.Count == 0) yield break;
        var enabled = new JObject(chosen) { ["enabled"] = new JObject { ["enum"] = new JArray(true) } };
        yield return Rule(enabled, new JObject
        {
            ["required"] = new JArray("settings"),
            ["properties"] = new JObject { ["settings"] = new JObject { ["required"] = new JArray(required) } },
        });
    }

    private static JObject Rule(JObject properties, JObject then) => new()
    {
        ["if"] = new JObject { ["properties"] = properties, ["required"] = new JArray("connector") },
        ["then"] = then,
    };

    private static JObject Identity() => new()
    {
        ["description"] = "How events are turned into contacts.",
        ["type"] = "object",
        ["properties"] = new JObject(IdentityReader.Members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => new JProperty(member.Key, JObject.Parse(member.Value.Schema)))),
        ["additionalProperties"] = false,
    };
}
