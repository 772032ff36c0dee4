using System.Globalization;

namespace IntegrationHub.Servers;

/// <summary>A disk of its own, in memory, that a test fills up. It is gone when it is disposed, or when the test dies.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly ServerFolder folder;

    private SmallDisk(ServerFolder folder) => this.folder = folder;

    /// <summary>Where it is mounted.</summary>
    public string Path => System.IO.Path.Combine(folder.Path, "disk");

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Mounts a disk.</summary>
    /// <param name="bytes">How much it holds.</param>
    /// <param name="owner">The user whose it is.</param>
    /// <returns>Null where that is not allowed: it takes root.</returns>
    public static async Task<SmallDisk?> MountAsync(long bytes, string owner)
    {
        if (!Environment.IsPrivilegedProcess) return null;
        var disk = new SmallDisk(new ServerFolder("hub-small-disk-", "KILL"));
        try
        {
            Directory.CreateDirectory(disk.Path);
            await ServerFolder.RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={bytes}"), "tmpfs", disk.Path);
            await ServerFolder.RunAsync("chown", owner, disk.folder.Path, disk.Path);
            return disk;
        }
        catch (InvalidOperationException)
        {
            await disk.DisposeAsync();
            return null;
        }
    }

    /// <summary>Takes all the room there is.</summary>
    public void Fill()
    {
        try
        {
            using var ballast = File.Create(Ballast);
            var block = new byte[4096];
            while (true)
            {
                ballast.Write(block);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // Now it is full.
        }
    }

    /// <summary>Gives the room back that <see cref="Fill"/> took.</summary>
    public void MakeRoom() => File.Delete(Ballast);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => folder.DisposeAsync();
}
