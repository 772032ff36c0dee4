namespace IntegrationHub.Hub.Storage;

/// <summary>The folder where the hub keeps its files. With the embedded database in it one serving hub holds it at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream? held;

    private DataDirectory(string path, FileStream? held)
    {
        Path = path;
        this.held = held;
    }

    public string Path { get; }

    public static string DatabaseIn(string path) => System.IO.Path.Combine(path, "hub.db");

    /// <summary>Creates the folder when absent, and takes hold of it.</summary>
    /// <param name="isShared">Whether others may use it at the same time: the database is elsewhere.</param>
    /// <exception cref="StorageException">It can't be written, or another hub holds it.</exception>
    public static DataDirectory Hold(string path, bool isShared = false)
    {
        var full = Create(path);
        if (isShared) return new DataDirectory(full, null);
        try
        {
            return new DataDirectory(full, new FileStream(System.IO.Path.Combine(full, "hub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StorageException($"The data directory {full} can't be written. Set Hub:DataDirectory to a folder that the hub may write.", exception);
        }
        catch (IOException exception)
        {
            throw new StorageException($"Another hub already uses the data directory {full}. Stop it, or set Hub:DataDirectory to another folder.", exception);
        }
    }

    /// <summary>Creates the folder when absent, for its owner alone. One that is there stays as it is.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="StorageException">It can't be created.</exception>
    public static string Create(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows() || Directory.Exists(full)) Directory.CreateDirectory(full);
            else Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return full;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data directory {full} can't be created: {exception.Message} Set Hub:DataDirectory to a folder that the hub may write.", exception);
        }
    }

    public void Dispose() => held?.Dispose();
}
