using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>What must hold for whatever stands in files of the configuration: they are loaded, or refused with errors that say where.</summary>
internal static class LoadRules
{
    /// <summary>Begins every secret that stands in a seed, or in the environment: no error may show one.</summary>
    public const string Secret = "s3cr3t-";

    private static readonly HashSet<string> Secrets = ConnectorCatalog.BuiltIn.All.SelectMany(connector => connector.Settings).Where(setting => setting.IsSecret).Select(setting => setting.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>What the environment holds.</summary>
    public static string? Environment(string name) => name switch
    {
        "EMPTY" => "",
        _ when name.Contains("SECRET", StringComparison.Ordinal) || name.Contains("TOKEN", StringComparison.Ordinal) || name.Contains("KEY", StringComparison.Ordinal) => $"{Secret}{name}",
        _ => null,
    };

    public static IEnumerable<string> Features(LoadResult result) => result switch
    {
        LoadResult.Failed failed => failed.Errors.Select(error => $"{Place(error.Path)} {EventRules.Blank(error.Problem)}"),
        LoadResult.Loaded loaded => loaded.Configuration.Warnings.Concat(loaded.Refused).Select(error => $"warned {Place(error.Path)}")
            .Concat(loaded.Configuration.Connections.Values.Select(connection => $"loaded {connection.Connector.Key} {connection.Source?.Authentication.Description}")),
        _ => [],
    };

    /// <summary>The rule that a result breaks; null when it keeps all.</summary>
    public static Finding? Broken(LoadResult result, FuzzInput input) => result switch
    {
        LoadResult.Failed { Errors.Count: 0 } => new Finding("refused without an error", ""),
        LoadResult.Failed failed => Broken(failed.Errors, input),
        LoadResult.Loaded loaded => Broken([.. loaded.Refused, .. loaded.Configuration.Warnings], input),
        _ => null,
    };

    private static Finding? Broken(IReadOnlyList<ConfigurationError> errors, FuzzInput input)
    {
        var lines = input.Body.Count(letter => letter == (byte)'\n') + 1;
        foreach (var error in errors)
        {
            if (error.Line < 0 || error.Line > lines) return new Finding($"an error on no line of the file: {EventRules.Blank(error.Problem)}", error.ToString());
            if (error.Problem.Length == 0) return new Finding("an error that says nothing", error.ToString());
            if (error.ToString().AsSpan().ContainsAny('\n', '\r')) return new Finding("an error of two lines", error.ToString());
            if (IsForSecrets(error.Path) && error.Problem.Contains(Secret, StringComparison.Ordinal)) return new Finding($"an error shows a secret: {EventRules.Blank(error.Problem)}", error.ToString());
        }
        return null;
    }

    // A setting that is no secret may be shown; what was put there is what its admin takes for none.
    private static bool IsForSecrets(string path) => path.Split(".settings.") is not [_, var setting] || Secrets.Contains(setting.Split('.', '[')[0]);

    private static string Place(string path) => EventRules.Blank(path.Split('.')[^1]);
}
