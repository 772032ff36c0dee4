using IntegrationHub.Connectors;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Collects what is wrong with one file while it is read.</summary>
internal sealed class Findings(string file)
{
    private readonly List<ConfigurationError> errors = [];

    private readonly List<ConfigurationError> warnings = [];

    /// <summary>What is not wrong, and should not stay, in the order of the lines.</summary>
    public IReadOnlyList<ConfigurationError> Warnings => [.. warnings.OrderBy(warning => warning.Line)];

    public bool Any => errors.Count > 0;

    /// <summary>Everything found, in the order of the lines.</summary>
    public LoadResult.Failed Failed => new([.. errors.OrderBy(error => error.Line)]);

    public void Add(JToken at, string problem) => Add(LineOf(at), at.Path, problem);

    /// <summary>Adds an error. It stays on one line: a problem may quote a name from the file.</summary>
    public void Add(int line, string path, string problem) => errors.Add(new ConfigurationError(file, line, path, problem.ReplaceLineEndings(" ")));

    public void Warn(JToken at, string problem) => warnings.Add(new ConfigurationError(file, LineOf(at), at.Path, problem));

    /// <summary>Reports every member that has none of the names.</summary>
    public void RequireKnown(JObject parent, IReadOnlyCollection<string> names)
    {
        foreach (var member in parent.Properties().Where(member => !names.Contains(member.Name, StringComparer.Ordinal)))
            Add(member, $"is not a setting here{SettingsBinder.Suggestion(member.Name, names)}");
    }

    public static int LineOf(JToken token) => ((IJsonLineInfo)token).LineNumber;
}
