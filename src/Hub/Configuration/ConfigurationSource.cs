using System.Diagnostics;

namespace IntegrationHub.Hub.Configuration;

/// <summary>The configuration in use. It changes when the connectors file or a declaration does; a file that can't be used changes nothing.</summary>
internal sealed class ConfigurationSource
{
    private readonly ConfigurationLoader loader;
    private readonly string file;
    private readonly string folder;
    private readonly ILogger logger;
    private volatile HubConfiguration current;
    private volatile IReadOnlyList<ConfigurationError> lastErrors = [];
    private ConfigurationFiles settled;
    private ConfigurationFiles? suspect;

    /// <summary>Loads the files.</summary>
    /// <param name="loader">Reads them.</param>
    /// <param name="file">The connectors file.</param>
    /// <param name="logger">Told what is taken over, and what is not.</param>
    /// <param name="folder">The folder with connectors of one's own; null for the one beside the file.</param>
    /// <exception cref="ConfigurationException">They can't be used; the message lists all that is wrong, one error a line.</exception>
    public ConfigurationSource(ConfigurationLoader loader, string file, ILogger<ConfigurationSource> logger, string? folder = null)
    {
        this.loader = loader;
        this.file = Path.GetFullPath(file);
        this.folder = folder ?? ConfigurationFiles.UsualFolder(file);
        this.logger = logger;
        settled = ConfigurationFiles.Of(this.file, this.folder);
        current = loader.Load(this.file, settled, before: null) switch
        {
            LoadResult.Loaded loaded => loaded.Configuration,
            LoadResult.Failed failed => throw new ConfigurationException(failed.Errors),
            _ => throw new UnreachableException(),
        };
        Log.Loaded(logger, this.file, current.Connections.Count, current.Connections.Values.Count(connection => connection.Enabled));
        if (current.Connections.Count == 0) Log.NoConnections(logger, this.file);
    }

    /// <summary>Raised after <see cref="Current"/> has changed.</summary>
    public event EventHandler<ConfigurationChange>? Changed;

    /// <summary>The last good configuration.</summary>
    public HubConfiguration Current => current;

    /// <summary>What is wrong with the files as they are now; none when they are the ones in use.</summary>
    public IReadOnlyList<ConfigurationError> LastErrors => lastErrors;

    /// <summary>Takes over what has changed. A broken declaration holds up nothing but itself.</summary>
    internal void Poll()
    {
        var files = ConfigurationFiles.Of(file, folder);
        if (files == settled)
        {
            suspect = null;
            return;
        }
        var result = loader.Load(file, files, current);
        var errors = result switch
        {
            LoadResult.Loaded loaded => loaded.Refused,
            LoadResult.Failed failed => failed.Errors,
            _ => throw new UnreachableException(),
        };
        // A file that is being saved is bad for a moment: it has to be bad twice.
        if (errors.Count > 0 && files != suspect)
        {
            suspect = files;
            return;
        }
        (settled, suspect, lastErrors) = (files, null, errors);
        if (result is LoadResult.Loaded taken) Take(taken.Configuration);
        Report(result, errors);
    }

    private void Report(LoadResult result, IReadOnlyList<ConfigurationError> errors)
    {
        if (result is LoadResult.Failed) Log.ReloadRejected(logger, file, string.Join('\n', errors));
        else if (errors.Count > 0) Log.DeclarationsRejected(logger, folder, string.Join('\n', errors));
    }

    private void Take(HubConfiguration configuration)
    {
        var change = new ConfigurationChange(current, configuration);
        current = configuration;
        Log.Reloaded(logger, file, Names(change.Added), Names(change.Removed), Names(change.Changed));
        Changed?.Invoke(this, change);
    }

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
