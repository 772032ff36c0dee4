namespace IntegrationHub.Hub.Configuration;

/// <summary>What became of a connectors file.</summary>
internal abstract record LoadResult
{
    private LoadResult() { }

    /// <summary>It can be used.</summary>
    public sealed record Loaded(HubConfiguration Configuration) : LoadResult;

    /// <summary>It can't be used.</summary>
    /// <param name="Errors">Everything that is wrong, in the order of the lines.</param>
    public sealed record Failed(IReadOnlyList<ConfigurationError> Errors) : LoadResult;
}
