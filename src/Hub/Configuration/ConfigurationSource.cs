using System.Diagnostics;

namespace IntegrationHub.Hub.Configuration;

/// <summary>The configuration in use. It changes when the file does; a file that can't be used changes nothing.</summary>
internal sealed class ConfigurationSource
{
    private readonly ConfigurationLoader loader;
    private readonly string file;
    private readonly ILogger logger;
    private volatile HubConfiguration current;
    private volatile IReadOnlyList<ConfigurationError> lastErrors = [];
    private FileText settled;
    private FileText? suspect;

    /// <summary>Loads the file.</summary>
    /// <exception cref="ConfigurationException">It can't be used; the message lists all that is wrong, one error a line.</exception>
    public ConfigurationSource(ConfigurationLoader loader, string file, ILogger<ConfigurationSource> logger)
    {
        this.loader = loader;
        this.file = Path.GetFullPath(file);
        this.logger = logger;
        settled = FileText.Of(this.file);
        current = loader.Load(this.file, settled) switch
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

    /// <summary>What is wrong with the file as it is now; none when it is the one in use.</summary>
    public IReadOnlyList<ConfigurationError> LastErrors => lastErrors;

    /// <summary>Takes over the file when it has changed.</summary>
    internal void Poll()
    {
        var content = FileText.Of(file);
        if (content == settled)
        {
            suspect = null;
            return;
        }
        switch (loader.Load(file, content))
        {
            case LoadResult.Loaded loaded:
                Settle(content, []);
                Take(loaded.Configuration);
                break;
            // A file that is being saved is bad for a moment: it has to be bad twice.
            case LoadResult.Failed when content != suspect:
                suspect = content;
                break;
            case LoadResult.Failed failed:
                Settle(content, failed.Errors);
                Log.ReloadRejected(logger, file, string.Join('\n', failed.Errors));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Settle(FileText content, IReadOnlyList<ConfigurationError> errors)
    {
        settled = content;
        suspect = null;
        lastErrors = errors;
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
