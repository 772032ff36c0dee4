using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Tests.Configuration;

/// <summary>Connectors that are declared in a file, on a hub that runs.</summary>
public sealed class DeclaredConnectorTests
{
    private static readonly string Page = System.IO.File.ReadAllText(Path.Combine(TestHub.RepositoryRoot, "docs", "declarative-connectors.md"));

    [Fact]
    public async Task Example_of_the_page_goes_from_nothing_to_a_merged_contact_by_one_file()
    {
        await using var hub = await TestHub.StartAsync(Connections(withPaperboat: false));
        var form = VendorSample.Load("typeform", "form-response");
        using (var answer = await hub.PostAsync("typeform", form.Body, form.Headers)) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        Declare(hub, "paperboat", Block("declaration"));
        await System.IO.File.WriteAllTextAsync(hub.ConnectorsFile, Connections(withPaperboat: true));
        await Eventually.HoldsAsync(() => hub.Configuration.Connections.ContainsKey("boats"), "the connection is there");
        using (var answer = await PostAsync(hub)) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using (var unsigned = await hub.Http.PostAsync("/webhooks/boats", new StringContent(Block("body")))) Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        await hub.SettleAsync();

        var contact = (await hub.GetAsync("/api/contacts?email=lucja.norgard@example.com")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal("49.50", contact.GetProperty("orders").GetProperty("lifetimeValue").GetProperty("EUR").GetString());
        Assert.Equal("granted", contact.GetProperty("consent").GetProperty("email").GetProperty("state").GetString());
        var timeline = await hub.GetAsync($"/api/contacts/{contact.GetProperty("id").GetString()}/timeline");
        Assert.Equal(["boats", "typeform"], timeline.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("connection").GetString()).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Declaration_is_added_broken_mended_changed_and_removed_while_the_hub_runs()
    {
        await using var hub = await TestHub.StartAsync("{}");
        Declare(hub, "paperboat", Block("declaration"));
        await Eventually.HoldsAsync(() => hub.Configuration.Catalog.Find("paperboat") is not null, "the declaration is taken over");
        await System.IO.File.WriteAllTextAsync(hub.ConnectorsFile, Connections(withPaperboat: true));
        await Eventually.HoldsAsync(() => hub.Configuration.Connections.ContainsKey("boats"), "the connection is there");
        Assert.Contains("\"paperboat\"", await System.IO.File.ReadAllTextAsync(Path.Combine(hub.DataDirectory, ConnectorsSchema.FileName)), StringComparison.Ordinal);
        var declared = (await hub.GetAsync("/api/connectors")).GetProperty("items").EnumerateArray().Single(connector => connector.GetProperty("key").GetString() == "paperboat");
        Assert.Equal(("Paperboat", "ecommerce", File(hub, "paperboat")), (declared.GetProperty("name").GetString(), declared.GetProperty("category").GetString(), declared.GetProperty("declaredIn").GetString()));

        Declare(hub, "paperboat", Block("declaration").Replace("\"orderId\"", "\"orderID\"", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => Errors(hub).Length > 0, "the broken file is noticed");
        Assert.Equal(
        [
            "paperboat.connector.json:24: topics['order.created'][0].orderId: orderId is required: every OrderPlaced has it",
            "paperboat.connector.json:27: topics['order.created'][0].orderID: is not known here; did you mean \"orderId\"?",
        ], Errors(hub));
        Assert.Equal("the last change of a connector's declaration was refused; the one before it is in use",
            (await hub.GetAsync("/health/ready")).GetProperty("dependencies").GetProperty("configuration").GetString());

        // It holds up nothing else, and its last good version goes on.
        await System.IO.File.WriteAllTextAsync(hub.ConnectorsFile, Connections(withPaperboat: true).Replace("typeform\": {", "forms\": {", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => hub.Configuration.Connections.ContainsKey("forms"), "the other change is taken over");
        using (var answer = await PostAsync(hub)) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await hub.SettleAsync();
        Assert.Equal("done", (await hub.GetAsync("/api/deliveries/1")).GetProperty("status").GetString());

        var before = hub.Configuration.Connections["boats"].Fingerprint;
        Declare(hub, "paperboat", Block("declaration").Replace("\"order.created\": [", "\"order.made\": [", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => hub.Configuration.Connections["boats"].Fingerprint != before, "the mended file is taken over");
        Assert.Equal([], Errors(hub));
        using (var replay = await hub.Http.PostAsync("/api/deliveries/1/replay", null)) Assert.Equal(HttpStatusCode.Accepted, replay.StatusCode);
        await Eventually.HoldsAsync(() => hub.GetAsync("/api/deliveries/1").GetAwaiter().GetResult().GetProperty("status").GetString() == "ignored", "it is read by the new file");

        System.IO.File.Delete(File(hub, "paperboat"));
        await Eventually.HoldsAsync(() => Errors(hub).Length > 0, "the missing file is noticed");
        Assert.Matches(@"^connectors\.json:\d+: connections\.boats\.connector: is not a connector; ", Errors(hub).Single());
        Assert.Contains("boats", hub.Configuration.Connections.Keys);
        await System.IO.File.WriteAllTextAsync(hub.ConnectorsFile, Connections(withPaperboat: false));
        await Eventually.HoldsAsync(() => hub.Configuration.Catalog.Find("paperboat") is null, "it is gone");
        Assert.Equal([], Errors(hub));
    }

    [Fact]
    public void First_load_of_a_broken_declaration_is_fatal_and_tells_all()
    {
        using var folder = new TemporaryFolder();
        folder.Write("connectors.json", """{"connections": {"boats": {"connector": "paperboat", "settings": {}}}}""");
        Directory.CreateDirectory(folder.File("connectors"));
        folder.Write("connectors/typeform.connector.json", Block("declaration"));
        folder.Write("connectors/broken.connector.json", "{\n  \"name\": \"Broken\",\n}  x");
        folder.Write("connectors/empty.connector.json", "");
        var error = Assert.Throws<ConfigurationException>(() => new ConfigurationSource(
            new ConfigurationLoader(IntegrationHub.Connectors.ConnectorCatalog.BuiltIn, _ => null), folder.File("connectors.json"), new LogLines<ConfigurationSource>()));
        Assert.Equal(
        [
            "broken.connector.json:3: is not JSON at column 4; look for a missing or superfluous comma, quote or bracket here or just before",
            """empty.connector.json: is empty; write {"name": …, "category": …, "verify": …, "topic": …, "topics": …}""",
            "typeform.connector.json: declares the connector 'typeform', which IntegrationHub.Connectors.Typeform.TypeformConnector declares already; give the file another name",
        ], error.Errors.Take(3).Select(found => found.ToString()));
        Assert.StartsWith("connectors.json:1: connections.boats.connector: is not a connector", error.Errors[3].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbs_know_connectors_of_ones_own()
    {
        using var folder = new TemporaryFolder();
        folder.Write("connectors.json", """{"connections": {"boats": {"connector": "paperboat", "settings": {"webhookSecret": "s"}}}}""");
        Directory.CreateDirectory(folder.File("connectors"));
        folder.Write("connectors/paperboat.connector.json", Block("declaration"));
        var directory = Path.GetDirectoryName(folder.File("connectors.json"))!;
        var (validated, output, _) = await HubProcess.RunAsync(directory, "validate");
        Assert.Equal((0, $"{folder.File("connectors.json")} is valid: 1 connections, 1 enabled; connectors of your own: paperboat.\n"), (validated, output));
        Assert.Contains("paperboat", (await HubProcess.RunAsync(directory, "connectors")).Output, StringComparison.Ordinal);
        folder.Write("connectors/paperboat.connector.json", Block("declaration").Replace("\"ecommerce\"", "\"ecomerce\"", StringComparison.Ordinal));
        var (failed, _, error) = await HubProcess.RunAsync(directory, "validate");
        Assert.Equal((1, "paperboat.connector.json:4: category: is not known here; did you mean \"ecommerce\"?"), (failed, error.Split('\n')[0]));
    }

    [Fact]
    public async Task Simulator_of_a_declaration_plays_its_tool()
    {
        await using var hub = await TestHub.StartAsync("{}");
        Declare(hub, "paperboat", Block("declaration"));
        await System.IO.File.WriteAllTextAsync(hub.ConnectorsFile, """{"connections": {"boats": {"connector": "paperboat", "settings": {"webhookSecret": "s"}}}}""");
        await Eventually.HoldsAsync(() => hub.Configuration.Connections.ContainsKey("boats"), "the connection is there");
        var report = await hub.SimulateAsync(hub.Plan(60, 12, 5) with { Twice = true });
        Assert.Equal((60, 60, 0, 0), (report.Accepted, report.Duplicates, report.Refused, report.Failed));
        var contacts = (await hub.GetAsync("/api/contacts")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(12, contacts.Count);
        Assert.All(contacts, contact => Assert.Equal(5, contact.GetProperty("orders").GetProperty("count").GetInt32()));
    }

    private static string[] Errors(TestHub hub) =>
        [.. hub.GetAsync("/api/connections").GetAwaiter().GetResult().GetProperty("configurationErrors").EnumerateArray().Select(error => error.GetString()!)];

    private static Task<HttpResponseMessage> PostAsync(TestHub hub) => hub.PostAsync("boats", Encoding.UTF8.GetBytes(Block("body")), ("Content-Type", "application/json"));

    private static string File(TestHub hub, string key) => Path.Combine(hub.DataDirectory, "connectors", $"{key}.connector.json");

    private static void Declare(TestHub hub, string key, string text)
    {
        Directory.CreateDirectory(Path.Combine(hub.DataDirectory, "connectors"));
        System.IO.File.WriteAllText(File(hub, key), text);
    }

    private static string Connections(bool withPaperboat)
    {
        using var typeform = JsonDocument.Parse(TestHub.ConnectionsOf("typeform"));
        using var page = JsonDocument.Parse(Block("connection").Replace("${BOATS_SECRET}", "a secret of boats", StringComparison.Ordinal));
        var connections = new[] { typeform, page }.Take(withPaperboat ? 2 : 1).SelectMany(document => document.RootElement.GetProperty("connections").EnumerateObject());
        return $"{{ \"connections\": {{ {string.Join(", ", connections.Select(connection => $"\"{connection.Name}\": {connection.Value.GetRawText()}"))} }} }}";
    }

    private static string Block(string name) => Regex.Match(Page, $"<!-- {name} -->\\s*```json\\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
}
