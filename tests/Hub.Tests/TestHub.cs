using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Cli;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Inbox;
using IntegrationHub.Hub.Simulating;
using IntegrationHub.Hub.Privacy;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync.Record;
using IntegrationHub.Hub.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Tests;

/// <summary>A real hub on a real port with a data directory of its own, and the five tools connected to it.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    public const string Key = "test-key";

    /// <summary>The address by which vendors know the hub: some sign it.</summary>
    public static readonly Uri PublicUrl = new("https://hub.example.com");

    private static readonly string[] Tools = ["shopify", "stripe", "typeform", "calendly", "activecampaign"];

    private readonly bool ownsDirectory;

    private TestHub(WebApplication app, string directory, bool ownsDirectory)
    {
        App = app;
        DataDirectory = directory;
        this.ownsDirectory = ownsDirectory;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public static string RepositoryRoot { get; } = typeof(TestHub).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public WebApplication App { get; }

    public string DataDirectory { get; }

    public HttpClient Http { get; }

    public string ConnectorsFile => Path.Combine(DataDirectory, "connectors.json");

    public IDatabase Database => App.Services.GetRequiredService<IDatabase>();

    public ErasureKey ErasureKey => App.Services.GetRequiredService<ErasureKey>();

    public InboxStore Inbox => App.Services.GetRequiredService<InboxStore>();

    public HubConfiguration Configuration => App.Services.GetRequiredService<ConfigurationSource>().Current;

    /// <summary>Starts a hub.</summary>
    /// <param name="connectors">The connectors file; the five tools with the secrets of their samples when left out.</param>
    /// <param name="directory">The data directory of an earlier hub; a new one when left out.</param>
    /// <param name="hasPublicUrl">Whether it knows <see cref="PublicUrl"/>.</param>
    public static async Task<TestHub> StartAsync(string? connectors = null, string? directory = null, Action<WebApplicationBuilder>? customize = null, string? key = Key, bool hasPublicUrl = true, params string[] settings)
    {
        var folder = directory ?? Directory.CreateTempSubdirectory("hub-test-").FullName;
        var file = Path.Combine(folder, "connectors.json");
        if (connectors is not null || !File.Exists(file)) await File.WriteAllTextAsync(file, connectors ?? FiveTools());
        var app = await Hosting.BuildAsync(
            [$"--Hub:DataDirectory={folder}", $"--Hub:ConnectorsFile={file}", "--Hub:Urls=http://127.0.0.1:0", .. hasPublicUrl ? [$"--Hub:PublicUrl={PublicUrl}"] : Array.Empty<string>(), .. key is null ? Array.Empty<string>() : [$"--Hub:AdminKey={key}"], .. TestDatabase.Settings(folder), .. settings],
            builder =>
            {
                builder.Logging.ClearProviders();
                customize?.Invoke(builder);
            });
        await app.StartAsync();
        return new TestHub(app, folder, directory is null);
    }

    /// <summary>A connectors file with one connection for each of five tools.</summary>
    public static string FiveTools() => ConnectionsOf(Tools);

    /// <summary>A connectors file with one connection for each tool, named like its connector, with the settings of its sample.</summary>
    public static string ConnectionsOf(params IEnumerable<string> tools)
    {
        var connections = tools.Select(tool => $"\"{ConnectionOf(tool)}\": {{ \"connector\": \"{tool}\", \"settings\": {SampleSettings(tool)} }}");
        return $"{{ \"connections\": {{ {string.Join(", ", connections)} }} }}";
    }

    /// <summary>The name of a tool's connection.</summary>
    public static string ConnectionOf(string tool) => tool.Replace('-', '_');

    public static string VendorFolder(string tool) =>
        Directory.GetDirectories(Path.Combine(RepositoryRoot, "src", "Connectors")).Single(path => string.Equals(Path.GetFileName(path), tool.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

    /// <summary>Signs a body as the connection's vendor would now, and posts it.</summary>
    public Task<HttpResponseMessage> PostAsync(string connection, byte[] body, params (string Name, string Value)[] headers) =>
        PostAsync(connection, body, headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase));

    public async Task<HttpResponseMessage> PostAsync(string connection, byte[] body, Dictionary<string, string> headers, string query = "")
    {
        var source = Configuration.Connections[connection].Source!;
        var signed = source.Authentication.Sign(new WebhookRequest { Method = "POST", Url = new Uri(PublicUrl, $"/webhooks/{connection}{(query.Length > 0 ? "?" + query : "")}"), Query = query, Headers = headers, Body = body, ReceivedAt = TimeProvider.System.GetUtcNow() });
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/{connection}{(signed.PathToken is { } token ? "/" + token : "")}{(query.Length > 0 ? "?" + query : "")}") { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in signed.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return await Http.SendAsync(message);
    }

    /// <summary>Sends a plan and waits until all of it is settled.</summary>
    public async Task<SimulationReport> SimulateAsync(SimulationPlan plan)
    {
        using var sender = new WebhookSender(Http.BaseAddress!, TimeProvider.System, PublicUrl);
        var report = await new SimulationRun(sender, TimeProvider.System).RunAsync(plan, null, () => { }, CancellationToken.None);
        await SettleAsync();
        return report;
    }

    public SimulationPlan Plan(int count, int people, int seed) => new()
    {
        Connections = [.. Configuration.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal)],
        Count = count,
        People = people,
        Seed = seed,
    };

    /// <summary>The id of the oldest delivery. A server's database leaves some ids out.</summary>
    public long FirstDelivery => Database.Read(session => session.First("select min(delivery_id) from inbox", row => row.GetInt64(0)));

    /// <summary>Waits until nothing is open in the inbox.</summary>
    public Task SettleAsync() => Eventually.ComesToZeroAsync(Inbox.OpenCount, "the inbox is settled");

    /// <summary>All contacts, as <c>export --canonical</c> prints them.</summary>
    public string CanonicalExport()
    {
        using var session = HubDatabase.Of(App.Services.GetRequiredService<IOptions<HubOptions>>().Value).OpenReader();
        using var output = new MemoryStream();
        ContactExport.Write(session, new ContactJson(new Survivorship(Configuration.Identity, DecisionBook.Read(session))), canonical: true, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        if (!ownsDirectory) return;
        Directory.Delete(DataDirectory, recursive: true);
        TestDatabase.Drop(DataDirectory);
    }

    // No test calls a vendor: the API is where nobody listens.
    private static string SampleSettings(string tool)
    {
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(VendorFolder(tool), "settings.sample.json")))!.AsObject();
        if (settings.ContainsKey("apiUrl")) settings["apiUrl"] = "http://127.0.0.1:9";
        return settings.ToJsonString();
    }
}
