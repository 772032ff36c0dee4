using System.Collections.Frozen;
using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Connectors.Declarative;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Turns a connectors file into a configuration, or into everything that is wrong with it.</summary>
/// <param name="catalog">The connectors that come with the hub.</param>
/// <param name="environment">Value of an environment variable, or null.</param>
internal sealed class ConfigurationLoader(ConnectorCatalog catalog, Func<string, string?> environment)
{
    private static readonly string[] Members = ["$schema", "connections", "identity"];

    /// <summary>Reads and loads a file, without declarations of one's own.</summary>
    public LoadResult Load(string file) => Load(file, FileText.Of(file));

    /// <summary>Loads a file that has been read, without declarations of one's own.</summary>
    public LoadResult Load(string file, FileText content) => Load(file, new ConfigurationFiles(content, []), null);

    /// <summary>Loads files that have been read.</summary>
    /// <param name="file">The connectors file.</param>
    /// <param name="files">What is in it, and in the declarations.</param>
    /// <param name="before">What is in use; null at the first load, when a broken declaration is as fatal as a broken connectors file.</param>
    public LoadResult Load(string file, ConfigurationFiles files, HubConfiguration? before)
    {
        var declarations = new DeclarationLoader(catalog).Load(files.Declarations, before?.Declarations ?? FrozenDictionary<string, Declaration>.Empty);
        return Load(file, files.Connectors, declarations) switch
        {
            LoadResult.Loaded loaded when before is not null || declarations.Errors.Count == 0 => loaded with { Refused = declarations.Errors },
            LoadResult.Failed failed => new LoadResult.Failed([.. declarations.Errors, .. failed.Errors]),
            _ => new LoadResult.Failed(declarations.Errors),
        };
    }

    private LoadResult Load(string file, FileText content, DeclarationSet declarations)
    {
        var findings = new Findings(Path.GetFileName(file));
        switch (content)
        {
            case FileText.Read read:
                return Load(file, read.Text, declarations, findings);
            case FileText.Unreadable unreadable:
                findings.Add(unreadable.Line, "", unreadable.Problem);
                return findings.Failed;
            default:
                throw new UnreachableException();
        }
    }

    private LoadResult Load(string file, string text, DeclarationSet declarations, Findings findings)
    {
        if (ConfigurationDocument.Parse(text, findings) is not { } root) return findings.Failed;
        findings.RequireKnown(root, Members);
        if (root["$schema"] is { Type: not JTokenType.String } schema) findings.Add(schema, "is not a text");
        var variables = new Variables(environment, findings);
        var members = ConnectionMembers(root["connections"], findings);
        var reader = new ConnectionReader(declarations.Catalog, variables, findings);
        var connections = members.Select(reader.Read).OfType<Connection>().ToFrozenDictionary(connection => connection.Name, StringComparer.Ordinal);
        var names = members.Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        var identity = new IdentityReader(variables, findings, names).Read(root["identity"]);
        if (findings.Any) return findings.Failed;
        return new LoadResult.Loaded(
            new HubConfiguration { Connections = connections, Identity = identity, Catalog = declarations.Catalog, Declarations = declarations.Good, Warnings = findings.Warnings, File = Path.GetFullPath(file) },
            Refused: []);
    }

    private static List<JProperty> ConnectionMembers(JToken? connections, Findings findings)
    {
        if (connections is JObject byName) return [.. byName.Properties()];
        if (connections is not null) findings.Add(connections, "is not an object of connections by name");
        return [];
    }
}
