using System.Diagnostics;
using System.Net;
using IntegrationHub.Bench.Throughput;

namespace IntegrationHub.Bench.Baselines;

/// <summary>A baseline as a process of its own. Its database is removed in the end.</summary>
internal sealed class BaselineProcess : IServer
{
    /// <summary>What this program is called with to be a baseline.</summary>
    public const string Verb = "baseline";

    private readonly Process process;
    private readonly string file;

    private BaselineProcess(Process process, string file, IPEndPoint address) => (this.process, this.file, Address) = (process, file, address);

    public IPEndPoint Address { get; }

    public IReadOnlyList<int> Processes => [process.Id];

    public long Events => 0;

    public static async Task<IServer> StartAsync(BaselinePlan plan, CancellationToken cancellationToken)
    {
        Remove(plan.File);
        var start = new ProcessStartInfo("dotnet", [typeof(BaselineProcess).Assembly.Location, Verb, .. plan.Arguments]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException($"The baseline {plan.Kind} ended before it was ready.");
        return new BaselineProcess(process, plan.File, IPEndPoint.Parse(address));
    }

    // It answers when all is done.
    public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        Remove(file);
    }

    private static void Remove(string file)
    {
        foreach (var part in (string[])[file, file + "-wal", file + "-shm"]) File.Delete(part);
    }
}
