using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace IntegrationHub.Bench;

/// <summary>A hub as a process of its own, built as it is delivered.</summary>
internal sealed class HubProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient client;

    private HubProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        client = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    /// <summary>The process's id.</summary>
    public int Id => process.Id;

    /// <summary>Memory that the process holds now, in MiB.</summary>
    public double Memory => ProcessMemory.Of(process.Id);

    /// <summary>Most memory that it has held, in MiB.</summary>
    public double MostMemory => ProcessMemory.MostOf(process.Id);

    /// <summary>Starts <c>serve</c> on a free port and waits until it is ready.</summary>
    public static async Task<HubProcess> StartAsync(string dataDirectory, string connectorsFile, CancellationToken cancellationToken, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "IntegrationHub.Hub.dll"), "serve", $"--Hub:DataDirectory={dataDirectory}", $"--Hub:ConnectorsFile={connectorsFile}", $"--Hub:Urls={address}", .. settings])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var hub = new HubProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."), address);
        hub.process.OutputDataReceived += (_, _) => { };
        hub.process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        hub.process.BeginOutputReadLine();
        hub.process.BeginErrorReadLine();
        while (!await hub.IsReadyAsync(cancellationToken)) await Task.Delay(50, cancellationToken);
        return hub;
    }

    /// <summary>Takes the processor away from it, so that another can be measured on the same machine.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (!process.HasExited)
        {
            await ThawAsync();
            await SignalAsync("-TERM");
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (process.HasExited) throw new InvalidOperationException($"The hub ended with {process.ExitCode} before it was ready.");
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
