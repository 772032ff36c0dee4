using System.Collections.Frozen;
using System.Diagnostics;
using IntegrationHub.Connectors;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Turns a connectors file into a configuration, or into everything that is wrong with it.</summary>
/// <param name="catalog">The connectors there are.</param>
/// <param name="environment">Value of an environment variable, or null.</param>
internal sealed class ConfigurationLoader(ConnectorCatalog catalog, Func<string, string?> environment)
{
    private static readonly string[] Members = ["$schema", "connections", "identity"];

    /// <summary>Reads and loads a file.</summary>
    public LoadResult Load(string file) => Load(file, FileText.Of(file));

    /// <summary>Loads a file that has been read.</summary>
    public LoadResult Load(string file, FileText content)
    {
        var findings = new Findings(Path.GetFileName(file));
        switch (content)
        {
            case FileText.Read read:
                return Load(file, read.Text, findings);
            case FileText.Unreadable unreadable:
                findings.Add(unreadable.Line, "", unreadable.Problem);
                return findings.Failed;
            default:
                throw new UnreachableException();
        }
    }

    private LoadResult Load(string file, string text, Findings findings)
    {
        if (ConfigurationDocument.Parse(text, findings) is not { } root) return findings.Failed;
        findings.RequireKnown(root, Members);
        if (root["$schema"] is { Type: not JTokenType.String } schema) findings.Add(schema, "is not a text");
        var variables = new Variables(environment, findings);
        var members = ConnectionMembers(root["connections"], findings);
        var reader = new ConnectionReader(catalog, variables, findings);
        var connections = members.Select(reader.Read).OfType<Connection>().ToFrozenDictionary(connection => connection.Name, StringComparer.Ordinal);
        var names = members.Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        var identity = new IdentityReader(variables, findings, names).Read(root["identity"]);
        return findings.Any
            ? findings.Failed
            : new LoadResult.Loaded(new HubConfiguration { Connections = connections, Identity = identity, File = Path.GetFullPath(file) });
    }

    private static List<JProperty> ConnectionMembers(JToken? connections, Findings findings)
    {
        if (connections is JObject byName) return [.. byName.Properties()];
        if (connections is not null) findings.Add(connections, "is not an object of connections by name");
        return [];
    }
}
