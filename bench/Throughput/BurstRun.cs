using System.Diagnostics;

namespace IntegrationHub.Bench.Throughput;

/// <summary>One burst to one contender.</summary>
internal static class BurstRun
{
    /// <summary>Starts a contender, warms it up, and sends it the burst.</summary>
    public static async Task<Outcome> RunAsync(Contender contender, int connections, IReadOnlyList<byte[]> warmUp, IReadOnlyList<byte[]> burst, CancellationToken cancellationToken)
    {
        await using var server = await contender.StartAsync(cancellationToken);
        using var driver = await Driver.ConnectAsync(server.Addresses, connections, cancellationToken);
        await driver.SendAsync(warmUp, cancellationToken);
        await server.SettleAsync(cancellationToken);
        var events = server.Events;
        var (serverBefore, serversBefore, driverBefore) = (ProcessUse.Of(server.Processes), ServersCpu(server), ProcessUse.OfThis);
        var sent = await driver.SendAsync(burst, cancellationToken);
        var driverUse = ProcessUse.OfThis - driverBefore;
        await server.SettleAsync(cancellationToken);
        var whole = Stopwatch.GetElapsedTime(sent.Started);
        var outcome = new Outcome
        {
            Burst = sent,
            Whole = whole,
            Server = ProcessUse.Of(server.Processes) - serverBefore,
            Servers = [.. ServersCpu(server).Zip(serversBefore, (after, before) => after - before)],
            Driver = driverUse,
            Events = server.Events - events,
            MostMemory = server.Processes.Sum(ProcessMemory.MostOf),
        };
        Progress.Report($"  {contender.Name}: accepted {outcome.Accepted:#,0} a second, {sent.Answers} ms{(contender.KeepsRecord ? $", {outcome.Merged:#,0} a second in the record" : "")}");
        return outcome;
    }

    private static List<TimeSpan> ServersCpu(IServer server) => [.. server.Servers.Select(ProcessTree.CpuOf)];
}
