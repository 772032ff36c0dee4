using Microsoft.Win32.SafeHandles;

namespace IntegrationHub.Hub.Storage;

/// <summary>The write-ahead log as a file. What is committed stands there first, and what left it is on disk already.</summary>
internal sealed class SqliteLog(string file) : IDisposable
{
    private readonly Lock gate = new();
    private SafeFileHandle? handle;

    /// <summary>Brings it to the disk.</summary>
    /// <exception cref="StorageException">The disk refuses.</exception>
    public void Flush()
    {
        try
        {
            lock (gate) RandomAccess.FlushToDisk(handle ??= File.OpenHandle(file + "-wal", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The log of {file} could not be brought to the disk: {exception.Message}", exception);
        }
    }

    public void Dispose() => handle?.Dispose();
}
