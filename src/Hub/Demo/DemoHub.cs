using System.Security.Cryptography;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Storage;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Hub.Demo;

/// <summary>A hub on a free port with a temporary data directory and secrets made for it: one connection for every connector that can be simulated.</summary>
internal sealed class DemoHub : IAsyncDisposable
{
    /// <summary>The address by which the simulated tools know the hub, as if it stood behind a proxy: some sign it.</summary>
    public static readonly Uri PublicUrl = new("https://hub.example.com");

    private readonly WebApplication app;
    private readonly string directory;

    private readonly SimulatedApis apis;

    private DemoHub(WebApplication app, SimulatedApis apis, string directory, string key)
    {
        this.app = app;
        this.apis = apis;
        this.directory = directory;
        Key = key;
    }

    /// <summary>The API key.</summary>
    public string Key { get; }

    public Uri Address => new(app.Urls.First());

    public IReadOnlyList<Connection> Connections =>
        [.. app.Services.GetRequiredService<ConfigurationSource>().Current.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal)];

    public IDatabase Database => app.Services.GetRequiredService<IDatabase>();

    public InboxStore Inbox => app.Services.GetRequiredService<InboxStore>();

    public IdentitySettings Identity => app.Services.GetRequiredService<ConfigurationSource>().Current.Identity;

    public static async Task<DemoHub> StartAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("integrationhub-demo-").FullName;
        var file = Path.Combine(directory, "connectors.json");
        var simulated = ConnectorCatalog.BuiltIn.All.ToDictionary(connector => connector.Key, _ => DemoStory.OfEach, StringComparer.Ordinal);
        var apis = await SimulatedApis.StartAsync(new Uri("http://127.0.0.1:0"), simulated, TimeProvider.System, cancellationToken);
        await File.WriteAllTextAsync(file, ConnectorsFile(apis.Address).ToString(), cancellationToken);
        var key = NewSecret();
        var app = await Hosting.BuildAsync(
            [$"--Hub:DataDirectory={directory}", $"--Hub:ConnectorsFile={file}", "--Hub:Urls=http://127.0.0.1:0", $"--Hub:PublicUrl={PublicUrl}", $"--Hub:AdminKey={key}"],
            builder => builder.Logging.SetMinimumLevel(LogLevel.Error));
        await app.StartAsync(cancellationToken);
        return new DemoHub(app, apis, directory, key);
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await apis.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>A connectors file with one connection for every connector that can be simulated, with secrets made for it.</summary>
    /// <param name="apis">Where the simulated APIs are.</param>
    public static JObject ConnectorsFile(Uri apis)
    {
        var connections = new JObject();
        foreach (var connector in ConnectorCatalog.BuiltIn.All.Where(connector => connector.Simulator is not null))
        {
            var settings = connector.Settings.Where(setting => setting.IsRequired || setting.SimulatedValue is not null).ToDictionary(setting => setting.Name, DemoValue, StringComparer.Ordinal);
            if (connector.Settings.Any(setting => setting.Name == "apiUrl")) settings["apiUrl"] = $"{apis}{connector.Key}";
            connections[connector.Key.Replace('-', '_')] = new JObject { ["connector"] = connector.Key, ["settings"] = JObject.FromObject(settings) };
        }
        return new JObject { ["connections"] = connections };
    }

    private static string DemoValue(Setting setting) => setting.SimulatedValue ?? (setting.Rules.OfType<EcdsaKeysAttribute>().Any() ? EcdsaKey.NewPrivate() : NewSecret());

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
