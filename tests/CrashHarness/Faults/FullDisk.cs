using IntegrationHub.Servers;

namespace IntegrationHub.CrashHarness.Faults;

/// <summary>The disk is full for a while, then larger. A hub of its own, for the disk is mounted for it.</summary>
internal sealed class FullDisk : Fault
{
    private const int Deliveries = 4_000;

    public override async Task RunAsync(Run run, Scene scene)
    {
        var disk = Directory.CreateDirectory(Path.Combine(run.Folder.Path, "disk")).FullName;
        try
        {
            await ServerFolder.RunAsync("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk);
        }
        catch (InvalidOperationException)
        {
            run.Output.WriteLine("disk full: left out, for a small disk can't be mounted here; that takes root");
            return;
        }
        try
        {
            await FillAsync(run, disk);
        }
        finally
        {
            await ServerFolder.RunAsync("umount", "--lazy", disk);
        }
    }

    private static async Task FillAsync(Run run, string disk)
    {
        await using var scene = await Scene.SetAsync(run, "disk", file => Task.FromResult<Engine>(new SqliteEngine(Path.Combine(disk, "data"), file)), Deliveries);
        if (!await scene.AllReadyAsync()) return;
        scene.Load.Allow(200);
        await scene.Load.DrainedAsync(HubNode.RecoveryTime);
        Occupy(Path.Combine(disk, "ballast"));
        await NoticedAsync(scene, "database");
        await ServerFolder.RunAsync("mount", "-o", "remount,size=256m", disk);
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
