using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>A file that inputs are written to, in memory-backed storage where there is such: they are read as the hub reads its own.</summary>
internal sealed class ScratchFile : IDisposable
{
    private readonly string folder = Directory.CreateDirectory(System.IO.Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath(), $"hub-fuzzing-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}")).FullName;

    public string Path => System.IO.Path.Combine(folder, "connectors.json");

    public FileText Read(byte[] content)
    {
        File.WriteAllBytes(Path, content);
        return FileText.Of(Path);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
