using System.Diagnostics;

namespace IntegrationHub.Bench;

/// <summary>A verb of the hub's command line, in a process of its own.</summary>
internal static class HubVerb
{
    /// <summary>Runs a verb to its end.</summary>
    /// <returns>What it printed, and how long the process took.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it printed.</exception>
    public static async Task<(string Output, TimeSpan Took)> RunAsync(string dataDirectory, string connectorsFile, CancellationToken cancellationToken, params string[] verb)
    {
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "IntegrationHub.Hub.dll"), .. verb, $"--Hub:DataDirectory={dataDirectory}", $"--Hub:ConnectorsFile={connectorsFile}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        var took = Stopwatch.GetElapsedTime(started);
        return process.ExitCode == 0 ? (await output, took) : throw new InvalidOperationException($"{verb[0]} failed: {await output}{await errors}");
    }
}
