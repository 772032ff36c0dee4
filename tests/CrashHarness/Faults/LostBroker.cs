namespace IntegrationHub.CrashHarness.Faults;

/// <summary>The broker is stopped and starts again, with what it held and without; its connections are cut.</summary>
internal sealed class LostBroker : Fault
{
    public override async Task RunAsync(Run run, Scene scene)
    {
        if (!await scene.AllReadyAsync()) return;
        var broker = ((PostgresEngine)scene.Engine).Broker;
        foreach (var empty in new[] { false, true })
        {
            scene.Load.Allow(100);
            await broker.StopAsync();
            await NoticedAsync(run, scene, "bus");
            await Task.Delay(run.Options.Outage);
            await broker.StartAgainAsync(empty);
            await RecoveredAsync(run, scene, empty ? "broker started empty" : "broker stopped");
        }
        scene.Load.Allow(100);
        await broker.CutConnectionsAsync();
        await RecoveredAsync(run, scene, "connections to the broker cut");
        await scene.Proof.MakeAsync();
    }
}
