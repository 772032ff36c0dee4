using System.Reflection;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>A connector that one file describes: how its vendor proves itself, and which events its bodies tell. The file's name is the key.</summary>
public sealed class Declaration
{
    /// <summary>How the names of such files end.</summary>
    public const string FileSuffix = ".connector.json";

    internal Declaration(DeclarationRules rules) => Rules = rules;

    /// <summary>Key in <c>connectors.json</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The vendor's name.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of tool.</summary>
    public required ConnectorCategory Category { get; init; }

    /// <summary>The vendor's own description of its webhooks; null when it has none.</summary>
    public Uri? Documentation { get; init; }

    /// <summary>The file it was read from.</summary>
    public required string File { get; init; }

    /// <summary>Hash of what it says; comments and blanks don't count.</summary>
    public required string Version { get; init; }

    internal DeclarationRules Rules { get; }

    /// <summary>Reads a declaration.</summary>
    /// <param name="file">Its file; the name without <see cref="FileSuffix"/> is the key.</param>
    /// <param name="document">What is in the file, with line numbers.</param>
    /// <param name="errors">Everything that is wrong with it; empty when the result is not null.</param>
    public static Declaration? Read(string file, JObject document, out IReadOnlyList<SettingsError> errors)
    {
        var reader = new DeclarationReader(file);
        var declaration = reader.Read(document);
        errors = reader.Errors.All;
        return errors.Count == 0 ? declaration : null;
    }

    /// <summary>The declarations in an assembly.</summary>
    /// <exception cref="InvalidOperationException">One of them is wrong.</exception>
    internal static IEnumerable<Declaration> Embedded(Assembly assembly)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(FileSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in {assembly}.");
            using var json = new JsonTextReader(new StreamReader(stream, Encoding.UTF8)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal };
            yield return Read(name, JObject.Load(json), out var errors)
                ?? throw new InvalidOperationException(string.Join('\n', errors.Select(error => $"{name}:{error.Line}: {error.Path}: {error.Problem}")));
        }
    }
}
