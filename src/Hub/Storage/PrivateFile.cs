namespace IntegrationHub.Hub.Storage;

/// <summary>Files that are nobody's business but the hub's: mode 0600, and whole or not there at all.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerAlone | UnixFileMode.UserExecute);

    /// <summary>Makes a file with its content, unless it is there: then somebody else has made it in the meantime, and it stays.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Create(string file, string content) => Write(file, content, overwrite: false);

    /// <summary>Writes a file: whoever reads meanwhile, or after a crash, finds the old content or the new one.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Replace(string file, string content) => Write(file, content, overwrite: true);

    /// <summary>Makes an empty file where there is none, before others write into it.</summary>
    public static void Touch(string file)
    {
        if (File.Exists(file)) Tighten(file);
        else new FileStream(file, Options(FileMode.OpenOrCreate)).Dispose();
    }

    /// <summary>Takes from others the rights to a file that is there.</summary>
    /// <returns>Whether others had any.</returns>
    /// <exception cref="StorageException">They can't be taken: the file is somebody else's.</exception>
    public static bool Tighten(string file)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(file) || (File.GetUnixFileMode(file) & Others) is UnixFileMode.None) return false;
        try
        {
            File.SetUnixFileMode(file, OwnerAlone);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{file} can be read by others, and the hub may not change that. Make the hub's user its owner, with mode 0600.", exception);
        }
    }

    private static void Write(string file, string content, bool overwrite)
    {
        var temporary = $"{file}.{Environment.ProcessId}.new";
        using (var stream = new FileStream(temporary, Options(FileMode.Create)))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
            stream.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(temporary, file, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(file))
        {
            File.Delete(temporary);
        }
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerAlone;
        return options;
    }
}
