using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Servers;

namespace IntegrationHub.CrashHarness;

/// <summary>One hub as a process of its own, always at the same address, which is started, killed, paused and stopped.</summary>
internal sealed class HubNode : IDisposable
{
    public const string Key = "harness-key";

    /// <summary>The address by which the vendors know the hub: some sign it.</summary>
    public static readonly Uri PublicUrl = new("https://hub.example.com");

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "IntegrationHub.Hub.dll");
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private readonly ServerFolder folder;
    private readonly string name;
    private readonly string[] settings;
    private readonly HttpClient http;
    private readonly TimeSpan recovery;
    private Process? process;

    /// <param name="name">Of its log file in the folder.</param>
    /// <param name="settings"><c>--Hub:…</c> settings beside address and key.</param>
    /// <param name="recovery">Promised time from its start until it is ready.</param>
    public HubNode(ServerFolder folder, string name, IEnumerable<string> settings, TimeSpan recovery)
    {
        this.recovery = recovery;
        this.folder = folder;
        this.name = name;
        this.settings = [.. settings, $"--Hub:PublicUrl={PublicUrl}"];
        Address = new Uri($"http://127.0.0.1:{FreePorts.Take()}");
        http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public Uri Address { get; }

    public bool IsRunning => process is { HasExited: false };

    /// <summary>Starts the process, and waits for nothing.</summary>
    public void Start() => process = folder.Start($"{name}.log", new Dictionary<string, string>(StringComparer.Ordinal), ["dotnet", Program, "serve", .. settings, $"--Hub:Urls={Address}", $"--Hub:AdminKey={Key}"]);

    /// <summary>Waits until the hub says that it is ready.</summary>
    /// <returns>How long that took; null when it was not in time, or the process has ended.</returns>
    public async Task<TimeSpan?> ReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < recovery && IsRunning)
        {
            if (await HealthAsync() is { IsReady: true }) return watch.Elapsed;
            await Task.Delay(LookInterval);
        }
        return null;
    }

    /// <summary>What the hub says of itself; null when nobody answers.</summary>
    public async Task<Health?> HealthAsync()
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            var told = await answer.Content.ReadFromJsonAsync<JsonElement>();
            var dependencies = told.GetProperty("dependencies").EnumerateObject().ToDictionary(dependency => dependency.Name, dependency => dependency.Value.GetString() ?? "", StringComparer.Ordinal);
            return new Health(answer.IsSuccessStatusCode, dependencies);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Asks the API.</summary>
    public async Task<JsonElement> GetAsync(string path) => await http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    /// <summary>Ends the process at once (SIGKILL), as a power cut would; nothing when there is none.</summary>
    public async Task KillAsync()
    {
        if (process is not { } running) return;
        process = null;
        await folder.StopAsync(running, "KILL");
    }

    /// <summary>Asks the process to stop (SIGTERM), and waits for it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        var running = process ?? throw new InvalidOperationException("The hub does not run.");
        process = null;
        return await folder.StopAsync(running, "TERM");
    }

    /// <summary>Freezes the process for a while (SIGSTOP, SIGCONT).</summary>
    public async Task PauseAsync(TimeSpan duration)
    {
        var id = process?.Id.ToString() ?? throw new InvalidOperationException("The hub does not run.");
        await ServerFolder.RunAsync("kill", "-STOP", id);
        await Task.Delay(duration);
        await ServerFolder.RunAsync("kill", "-CONT", id);
    }

    public void Dispose()
    {
        http.Dispose();
        process?.Dispose();
    }
}

/// <summary>What <c>/health/ready</c> said.</summary>
internal sealed record Health(bool IsReady, IReadOnlyDictionary<string, string> Dependencies)
{
    public override string ToString() => $"{(IsReady ? "ready" : "not ready")}: {string.Join(", ", Dependencies.Select(dependency => $"{dependency.Key} {dependency.Value}"))}";
}
