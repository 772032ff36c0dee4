using System.Diagnostics;

namespace IntegrationHub.Servers;

/// <summary>
/// A temporary folder with the processes that run in it. When its owner is disposed, or dies in whatever way, a guardian
/// kills what still runs and removes the folder: a killed test run leaves no server behind.
/// </summary>
public sealed class ServerFolder : IAsyncDisposable
{
    // The guardian's input ends when the owner's process does. Each line holds the ids of the processes that run now, or says to keep the folder.
    private const string Guard = """
        trap '' INT HUP TERM
        while read -r line; do
            if [ "$line" = keep ]; then kept=yes; else running=$line; fi
        done
        if [ -n "$running" ]; then
            kill -"$2" $running 2>/dev/null
            for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                kill -0 $running 2>/dev/null || break
                sleep 0.1
            done
        fi
        [ -z "$kept" ] || exit 0
        while read -r _ disk _; do
            case $disk in "$1"/*) umount -l "$disk" ;; esac
        done </proc/mounts
        rm -rf -- "$1"
        """;

    internal const string ServerLog = "server.log";

    private readonly Process guardian;
    private readonly List<Process> running = [];

    /// <param name="prefix">What the folder's name begins with.</param>
    /// <param name="signal">The signal that ends a process here without waiting for anybody: <c>KILL</c>, or a gentler one where a server has children to take along.</param>
    public ServerFolder(string prefix, string signal)
    {
        Path = Directory.CreateTempSubdirectory(prefix).FullName;
        guardian = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Guard, "guardian", Path, signal]) { UseShellExecute = false, RedirectStandardInput = true })
            ?? throw new InvalidOperationException("/bin/sh did not start.");
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Starts a process.</summary>
    /// <param name="log">Name of the file in the folder to which its output is appended.</param>
    /// <param name="environment">Variables on top of this process's own.</param>
    /// <param name="command">Program and arguments.</param>
    public Process Start(string log, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" </dev/null >>\"$0\" 2>&1", System.IO.Path.Combine(Path, log), .. command]) { UseShellExecute = false, WorkingDirectory = Path };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        lock (running) running.Add(process);
        TellGuardian();
        return process;
    }

    /// <summary>Sends a signal, and waits until the process has ended.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still runs after a minute.</exception>
    public async Task<int> StopAsync(Process process, string signal)
    {
        if (!process.HasExited) await RunAsync("kill", $"-{signal}", process.Id.ToString());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        lock (running) running.Remove(process);
        TellGuardian();
        var exitCode = process.ExitCode;
        process.Dispose();
        return exitCode;
    }

    /// <summary>Leaves the folder where it is, for somebody to look into.</summary>
    public void Keep() => Tell("keep");

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it printed.</exception>
    public static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{command[0]} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} failed: {await output}{await error}");
    }

    /// <summary>Waits until a server answers.</summary>
    /// <exception cref="InvalidOperationException">It ended, or does not answer within a minute; the message has the end of its log.</exception>
    internal async Task WaitAsync(Process process, Func<Task<bool>> answers, string what)
    {
        for (var watch = Stopwatch.StartNew(); !await answers(); await Task.Delay(25))
        {
            if (process.HasExited) throw new InvalidOperationException($"{what} ended at its start:\n{LogTail()}");
            if (watch.Elapsed > TimeSpan.FromMinutes(1)) throw new InvalidOperationException($"{what} does not answer:\n{LogTail()}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        guardian.StandardInput.Close();
        await guardian.WaitForExitAsync();
        guardian.Dispose();
        running.ForEach(process => process.Dispose());
    }

    private void TellGuardian()
    {
        lock (running) Tell(string.Join(' ', running.Select(process => process.Id)));
    }

    private void Tell(string line)
    {
        guardian.StandardInput.WriteLine(line);
        guardian.StandardInput.Flush();
    }

    private string LogTail()
    {
        var log = System.IO.Path.Combine(Path, ServerLog);
        return File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(30)) : "";
    }
}
