namespace IntegrationHub.Hub.Configuration;

/// <summary>A schema for editors, on disk.</summary>
internal static class SchemaFile
{
    /// <summary>Writes a schema, unless the file says the same already.</summary>
    /// <returns>Whether it was written.</returns>
    public static bool Write(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text) return false;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory) Directory.CreateDirectory(directory);
        File.WriteAllText(path, text);
        return true;
    }
}
