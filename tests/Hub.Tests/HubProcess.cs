using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using IntegrationHub.Hub.Tests.Storage;

namespace IntegrationHub.Hub.Tests;

/// <summary>A hub as a process of its own, as an admin runs it, which can be killed.</summary>
internal sealed class HubProcess : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "IntegrationHub.Hub.dll");

    private readonly Process process;

    private HubProcess(Process process, Uri address)
    {
        this.process = process;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        Http.DefaultRequestHeaders.Authorization = new("Bearer", TestHub.Key);
    }

    public HttpClient Http { get; }

    /// <summary>Starts <c>serve</c> and waits until it is ready.</summary>
    public static async Task<HubProcess> ServeAsync(string directory, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var hub = new HubProcess(Start(directory, ["serve", $"--Hub:Urls={address}", $"--Hub:AdminKey={TestHub.Key}", .. settings]), address);
        hub.process.BeginOutputReadLine();
        hub.process.BeginErrorReadLine();
        await Eventually.HoldsAsync(() => hub.IsReady(), "the hub is ready");
        return hub;
    }

    /// <summary>Runs a verb to its end.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string directory, params string[] arguments) => RunAsync(Start(directory, arguments));

    /// <summary>Runs <c>serve</c> until it writes such a line, and ends it.</summary>
    /// <returns>The line; null when it ended before.</returns>
    public static async Task<string?> LineOfServeAsync(string directory, Func<string, bool> isMeant, params string[] settings)
    {
        using var process = Start(directory, ["serve", $"--Hub:Urls=http://127.0.0.1:{FreePort()}", .. settings]);
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync();
        while (line is not null && !isMeant(line)) line = await process.StandardOutput.ReadLineAsync();
        process.Kill();
        await process.WaitForExitAsync();
        return line;
    }

    /// <summary>Starts a verb that can be killed in the middle of it. What it prints goes nowhere.</summary>
    public static Process Launch(string directory, params string[] arguments)
    {
        var process = Start(directory, arguments);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs <c>demo</c>, which brings its own settings.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunDemoAsync(string directory) => RunAsync(StartBare(directory, ["demo"]));

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(Process started)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        return (process.ExitCode, await output, await error);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until nothing is open in the inbox.</summary>
    public async Task SettleAsync()
    {
        for (var open = 1; open > 0;) open = (await Http.GetFromJsonAsync<JsonElement>("/api/deliveries?status=received&limit=1")).GetProperty("items").GetArrayLength();
    }

    /// <summary>Ends the process at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop (SIGTERM) and waits for it.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private static Process Start(string directory, string[] arguments) =>
        StartBare(directory, [.. arguments, $"--Hub:DataDirectory={Path.Combine(directory, "data")}", $"--Hub:ConnectorsFile={Path.Combine(directory, "connectors.json")}", .. TestDatabase.Settings(Path.Combine(directory, "data"))]);

    private static Process StartBare(string directory, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    private bool IsReady()
    {
        Assert.False(process.HasExited, "The hub ended before it was ready.");
        try
        {
            using var answer = Http.Send(new HttpRequestMessage(HttpMethod.Get, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
