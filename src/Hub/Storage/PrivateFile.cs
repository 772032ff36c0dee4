using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace IntegrationHub.Hub.Storage;

/// <summary>Files that are nobody's business but the hub's: mode 0600, and whole or not there at all.</summary>
internal static partial class PrivateFile
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerAlone | UnixFileMode.UserExecute);

    // EEXIST, on every Unix.
    private const int IsThere = 17;

    /// <summary>Makes a file with its content, unless it is there: then somebody else has made it in the meantime, and it stays.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Create(string file, string content)
    {
        var written = WriteBeside(file, content);
        try
        {
            Place(written, file);
        }
        finally
        {
            File.Delete(written);
        }
    }

    /// <summary>Writes a file: whoever reads meanwhile, or after a crash, finds the old content or the new one.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Replace(string file, string content) => File.Move(WriteBeside(file, content), file, overwrite: true);

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

    // By a name of its own: processes in containers have the same id, and may share the folder.
    private static string WriteBeside(string file, string content)
    {
        var beside = $"{file}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.new";
        using var stream = new FileStream(beside, Options(FileMode.CreateNew));
        stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
        stream.Flush(flushToDisk: true);
        return beside;
    }

    // On Unix a move replaces what somebody else has made between its look and its rename. A link is made, or refused, in one step.
    private static void Place(string written, string file)
    {
        if (!OperatingSystem.IsWindows() && (Link(written, file) == 0 || Marshal.GetLastPInvokeError() == IsThere)) return;
        try
        {
            // Windows, or a file system without links.
            File.Move(written, file);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Somebody else was first.
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string added);

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerAlone;
        return options;
    }
}
