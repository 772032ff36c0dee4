using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Access;

/// <summary>Looks at the start whether others can read what the hub keeps, and takes that from them.</summary>
internal sealed class PrivateFiles(DataDirectory directory, ILogger<PrivateFiles> logger)
{
    private static readonly string[] Patterns = ["*.key", "*.sealed", "*.db", "*.db-wal", "*.db-shm"];

    /// <exception cref="StorageException">A file is somebody else's.</exception>
    public void Tighten()
    {
        var loosened = Patterns.SelectMany(pattern => Directory.GetFiles(directory.Path, pattern)).Where(PrivateFile.Tighten).Select(file => Path.GetFileName(file)).ToList();
        if (loosened.Count > 0) Log.FilesWereOpen(logger, directory.Path, string.Join(", ", loosened));
    }
}
