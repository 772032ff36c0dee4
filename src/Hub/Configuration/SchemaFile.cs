using System.Security.Cryptography;

namespace IntegrationHub.Hub.Configuration;

/// <summary>A schema for editors, on disk.</summary>
internal static class SchemaFile
{
    /// <summary>Writes a schema, unless the file says the same already. Whoever reads meanwhile, or writes at the same time, finds a whole one.</summary>
    /// <returns>Whether it was written.</returns>
    public static bool Write(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text) return false;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory) Directory.CreateDirectory(directory);
        var beside = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.new";
        File.WriteAllText(beside, text);
        File.Move(beside, path, overwrite: true);
        return true;
    }
}
