using IntegrationHub.Connectors.Declarative;

namespace IntegrationHub.Hub.Configuration;

/// <summary>The connectors file and one's own declarations as they lie on disk. Equal by content, which is how a change is noticed.</summary>
/// <param name="Connectors">The connectors file.</param>
/// <param name="Declarations">The declarations, in the order of their names.</param>
internal sealed record ConfigurationFiles(FileText Connectors, IReadOnlyList<DeclarationFile> Declarations)
{
    /// <summary>Where declarations lie unless it is said otherwise.</summary>
    public static string UsualFolder(string connectorsFile) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(connectorsFile)) ?? "", "connectors");

    /// <summary>Reads all of them; what goes wrong is a result. A folder that does not exist is an empty one.</summary>
    public static ConfigurationFiles Of(string connectorsFile, string folder) => new(FileText.Of(connectorsFile), Within(folder));

    public bool Equals(ConfigurationFiles? other) => other is not null && Connectors == other.Connectors && Declarations.SequenceEqual(other.Declarations);

    public override int GetHashCode() => HashCode.Combine(Connectors, Declarations.Count);

    private static IReadOnlyList<DeclarationFile> Within(string folder)
    {
        try
        {
            return [.. Directory.GetFiles(folder, "*" + Declaration.FileSuffix).Order(StringComparer.Ordinal).Select(file => new DeclarationFile(file, FileText.Of(file)))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [new DeclarationFile(folder, new FileText.Unreadable(0, $"can't be read: {exception.Message}"))];
        }
    }
}

/// <summary>A declaration as it lies on disk.</summary>
internal sealed record DeclarationFile(string Path, FileText Text)
{
    public string Name => System.IO.Path.GetFileName(Path);
}
