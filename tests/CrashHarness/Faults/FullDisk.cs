using System.Globalization;
using IntegrationHub.Servers;

namespace IntegrationHub.CrashHarness.Faults;

/// <summary>The disk is full for a while, then larger. The hub's files move to a small disk for that, which takes root.</summary>
internal sealed class FullDisk : Fault
{
    private const long Room = 16 << 20;
    private const long MoreRoom = 256 << 20;

    public override async Task RunAsync(Run run, Scene scene)
    {
        var (node, disk, before) = (scene.Nodes[0], ((SqliteEngine)scene.Engine).DataDirectory, Path.Combine(run.Folder.Path, "data-before"));
        await node.KillAsync();
        Directory.CreateDirectory(disk);
        Directory.Move(disk, before);
        Directory.CreateDirectory(disk);
        var held = Directory.EnumerateFiles(before, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        if (!await MountedAsync(disk, held + Room))
        {
            Directory.Delete(disk);
            Directory.Move(before, disk);
            run.Output.WriteLine("disk full: left out, for a small disk can't be mounted here; that takes root");
            return;
        }
        try
        {
            await ServerFolder.RunAsync("cp", "-a", $"{before}/.", disk);
            await FillAsync(run, scene, disk, held + MoreRoom);
        }
        finally
        {
            await node.KillAsync();
            if (!run.Tally.IsSound) await ServerFolder.RunAsync("cp", "-a", $"{disk}/.", before);
            await ServerFolder.RunAsync("umount", disk);
        }
    }

    private static async Task<bool> MountedAsync(string disk, long size)
    {
        try
        {
            await ServerFolder.RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={size}"), "tmpfs", disk);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task FillAsync(Run run, Scene scene, string disk, long grownSize)
    {
        if (!await scene.AllReadyAsync()) return;
        scene.Load.Allow(100);
        await scene.Load.DrainedAsync(run.Options.Recovery);
        Occupy(Path.Combine(disk, "ballast"));
        await NoticedAsync(run, scene, "database");
        await ServerFolder.RunAsync("mount", "-o", string.Create(CultureInfo.InvariantCulture, $"remount,size={grownSize}"), disk);
        await RecoveredAsync(run, scene, "disk full");
        await scene.Proof.MakeAsync();
    }

    private static void Occupy(string file)
    {
        try
        {
            using var ballast = File.Create(file);
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
}
