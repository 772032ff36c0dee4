using IntegrationHub.Servers;

namespace IntegrationHub.CrashHarness.Faults;

/// <summary>The database is stopped, as in a crash, and starts again; its connections are cut.</summary>
internal sealed class LostDatabase : Fault
{
    public override async Task RunAsync(Run run, Scene scene)
    {
        if (!await scene.AllReadyAsync()) return;
        var database = ((PostgresEngine)scene.Engine).Database;
        scene.Load.Allow(100);
        await database.StopAsync(PostgresStop.Immediate);
        await NoticedAsync(run, scene, "database");
        await Task.Delay(run.Options.Outage);
        await database.StartAgainAsync();
        await RecoveredAsync(run, scene, "database stopped");
        scene.Load.Allow(100);
        await database.CutConnectionsAsync();
        await RecoveredAsync(run, scene, "connections to the database cut");
        await scene.Proof.MakeAsync();
    }
}
