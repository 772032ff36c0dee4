using System.Collections.Frozen;
using System.Diagnostics;
using IntegrationHub.Connectors;
using IntegrationHub.Connectors.Declarative;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Reads one's own declarations. In place of a broken one its last good version counts, where there was one.</summary>
/// <param name="builtIn">The connectors that come with the hub.</param>
internal sealed class DeclarationLoader(ConnectorCatalog builtIn)
{
    private const string Least = """{"name": …, "category": …, "verify": …, "topic": …, "topics": …}""";

    /// <param name="files">The declarations on disk.</param>
    /// <param name="lastGood">Those in use, by the names of their files.</param>
    public DeclarationSet Load(IReadOnlyList<DeclarationFile> files, IReadOnlyDictionary<string, Declaration> lastGood)
    {
        Dictionary<string, Declaration> good = new(StringComparer.Ordinal);
        List<ConfigurationError> errors = [];
        foreach (var file in files)
        {
            var findings = new Findings(file.Name);
            if ((Read(file, findings) ?? lastGood.GetValueOrDefault(file.Name)) is { } declaration) good.Add(file.Name, declaration);
            errors.AddRange(findings.Failed.Errors);
        }
        return new DeclarationSet(builtIn.With(good.Values), good.ToFrozenDictionary(StringComparer.Ordinal), errors);
    }

    private Declaration? Read(DeclarationFile file, Findings findings)
    {
        switch (file.Text)
        {
            case FileText.Unreadable unreadable:
                findings.Add(unreadable.Line, "", unreadable.Problem);
                return null;
            case FileText.Read read:
                return ConfigurationDocument.Parse(read.Text, findings, Least) is { } document && !findings.Any ? Read(file, document, findings) : null;
            default:
                throw new UnreachableException();
        }
    }

    private Declaration? Read(DeclarationFile file, JObject document, Findings findings)
    {
        var declaration = Declaration.Read(file.Path, document, out var errors);
        foreach (var error in errors) findings.Add(error.Line, error.Path, error.Problem);
        if (declaration is null || builtIn.Find(declaration.Key) is not { } taken) return declaration;
        findings.Add(0, "", $"declares the connector '{declaration.Key}', which {taken.Origin} declares already; give the file another name");
        return null;
    }
}

/// <summary>What came of one's own declarations.</summary>
/// <param name="Catalog">They and the connectors that come with the hub.</param>
/// <param name="Good">Those that can be used, by the names of their files.</param>
/// <param name="Errors">What is wrong with the others.</param>
internal sealed record DeclarationSet(ConnectorCatalog Catalog, FrozenDictionary<string, Declaration> Good, IReadOnlyList<ConfigurationError> Errors);
