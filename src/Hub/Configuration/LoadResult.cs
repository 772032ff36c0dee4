namespace IntegrationHub.Hub.Configuration;

/// <summary>What became of a connectors file.</summary>
internal abstract record LoadResult
{
    private LoadResult() { }

    /// <summary>It can be used.</summary>
    /// <param name="Configuration">What it says.</param>
    /// <param name="Refused">What is wrong with declarations whose last good version it goes on with; none at the first load.</param>
    public sealed record Loaded(HubConfiguration Configuration, IReadOnlyList<ConfigurationError> Refused) : LoadResult;

    /// <summary>It can't be used.</summary>
    /// <param name="Errors">Everything that is wrong, in the order of the lines.</param>
    public sealed record Failed(IReadOnlyList<ConfigurationError> Errors) : LoadResult;
}
