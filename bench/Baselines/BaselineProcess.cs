using System.Diagnostics;
using System.Net;
using IntegrationHub.Bench.Throughput;

namespace IntegrationHub.Bench.Baselines;

/// <summary>A baseline as a process of its own. A file of its own is removed in the end.</summary>
internal sealed class BaselineProcess : IServer
{
    /// <summary>What this program is called with to be a baseline.</summary>
    public const string Verb = "baseline";

    private readonly Process process;
    private readonly BaselinePlan plan;

    private BaselineProcess(Process process, BaselinePlan plan, IPEndPoint address, IReadOnlyList<int> servers) =>
        (this.process, this.plan, Addresses, Servers) = (process, plan, [address], servers);

    public IReadOnlyList<IPEndPoint> Addresses { get; }

    public IReadOnlyList<int> Processes => [process.Id];

    public IReadOnlyList<int> Servers { get; }

    public long Events => 0;

    /// <param name="servers">Ids of the servers that it stands on.</param>
    public static async Task<IServer> StartAsync(BaselinePlan plan, CancellationToken cancellationToken, params int[] servers)
    {
        RemoveFile(plan);
        var start = new ProcessStartInfo("dotnet", [typeof(BaselineProcess).Assembly.Location, Verb, .. plan.Arguments]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException($"The baseline {plan.Kind} ended before it was ready.");
        return new BaselineProcess(process, plan, IPEndPoint.Parse(address), servers);
    }

    // It answers when all is done.
    public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        RemoveFile(plan);
    }

    private static void RemoveFile(BaselinePlan plan)
    {
        if (!plan.HasFile) return;
        foreach (var part in (string[])["", "-wal", "-shm"]) File.Delete(plan.Database + part);
    }
}
