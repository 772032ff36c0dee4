namespace IntegrationHub.Hub.Configuration;

/// <summary>Something is wrong with the connectors file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">Line, from 1; 0 when it is about the file as a whole.</param>
/// <param name="Path">Path within the document, for example <c>connections.shop_eu.settings.webhookSecret</c>; blank when it is about the file as a whole.</param>
/// <param name="Problem">What is wrong and what to do; never the value of a secret.</param>
internal sealed record ConfigurationError(string File, int Line, string Path, string Problem)
{
    public override string ToString() =>
        (Line > 0 ? $"{File}:{Line}: " : $"{File}: ") + (Path.Length > 0 ? $"{Path}: " : "") + Problem;
}

/// <summary>The connectors file can't be used, and there is no earlier one to go on with.</summary>
internal sealed class ConfigurationException(IReadOnlyList<ConfigurationError> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
