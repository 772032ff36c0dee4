using System.Diagnostics;

namespace IntegrationHub.Bench.Throughput;

/// <summary>One burst to one contender.</summary>
internal static class BurstRun
{
    /// <summary>Starts a contender, warms it up, and sends it the burst.</summary>
    public static async Task<Outcome> RunAsync(Contender contender, int connections, IReadOnlyList<byte[]> warmUp, IReadOnlyList<byte[]> burst, CancellationToken cancellationToken)
    {
        await using var server = await contender.StartAsync(cancellationToken);
        using var driver = await Driver.ConnectAsync(server.Address, connections, cancellationToken);
        await driver.SendAsync(warmUp, cancellationToken);
        await server.SettleAsync(cancellationToken);
        var (serverBefore, driverBefore) = (ProcessUse.Of(server.Processes), ProcessUse.OfThis);
        var events = server.Events;
        var sent = await driver.SendAsync(burst, cancellationToken);
        var driverUse = ProcessUse.OfThis - driverBefore;
        await server.SettleAsync(cancellationToken);
        var whole = Stopwatch.GetElapsedTime(sent.Started);
        var outcome = new Outcome(sent, whole, server.Events - events, ProcessUse.Of(server.Processes) - serverBefore, driverUse, server.Processes.Sum(ProcessMemory.MostOf));
        Progress.Report($"  {contender.Name}: accepted {outcome.Accepted:#,0} a second, {sent.Answers} ms{(contender.KeepsRecord ? $", {outcome.Merged:#,0} a second in the record" : "")}");
        return outcome;
    }
}
