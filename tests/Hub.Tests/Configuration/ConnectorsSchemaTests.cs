using System.Reflection;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace IntegrationHub.Hub.Tests.Configuration;

public sealed class ConnectorsSchemaTests
{
    private static readonly string Repository = typeof(ConnectorsSchemaTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private readonly JObject schema = JObject.Parse(new ConnectorsSchema(Loading.Catalog).Text);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"webhookSecret": "s"}""", true)]
    [InlineData("""{"webhookSecret": ["a", "${B}"], "defaultCountry": "DE", "note": "x", "retries": 10, "rate": 0.5, "verbose": false, "tolerance": "00:01:00", "site": "https://shop.example", "mode": "dryRun", "tags": ["a"], "labels": {"a": "b"}}""", true)]
    [InlineData("""{"webhookSecret": "${A}", "defaultCountry": "${COUNTRY}", "note": "${A}", "tolerance": "${DURATION}", "site": "${SITE}", "mode": "${MODE}", "tags": ["${A}"], "labels": {"a": "${A}"}}""", true)]
    [InlineData("""{"webhookSecret": "s", "defaultCountry": null, "note": null, "retries": null, "rate": null, "verbose": null, "tolerance": null, "site": null, "mode": null, "tags": null, "labels": null}""", true)]
    public void Settings_that_load_are_accepted(string settings, bool enabled = false)
    {
        var document = Document(Connection("testshop", settings, enabled));
        Loading.Loaded(document, ("A", "a"), ("B", "b"), ("COUNTRY", "DE"), ("DURATION", "PT1M"), ("SITE", "https://shop.example"), ("MODE", "live"));
        Assert.Equal([], Problems(document));
    }

    [Theory]
    [InlineData("""{"webhookSecrt": "s", "webhookSecret": "s"}""", "NoAdditionalPropertiesAllowed: webhookSecrt")]
    [InlineData("{}", "PropertyRequired: webhookSecret")]
    [InlineData("""{"webhookSecret": ""}""", "NotAnyOf: webhookSecret")]
    [InlineData("""{"webhookSecret": []}""", "NotAnyOf: webhookSecret")]
    [InlineData("""{"webhookSecret": "s", "retries": 11}""", "NoTypeValidates: retries")]
    [InlineData("""{"webhookSecret": "s", "rate": 0.4}""", "NoTypeValidates: rate")]
    [InlineData("""{"webhookSecret": "s", "verbose": "yes"}""", "NoTypeValidates: verbose")]
    [InlineData("""{"webhookSecret": "s", "defaultCountry": "de"}""", "NoTypeValidates: defaultCountry")]
    [InlineData("""{"webhookSecret": "s", "tolerance": "5m"}""", "NoTypeValidates: tolerance")]
    [InlineData("""{"webhookSecret": "s", "site": "shop.example"}""", "NoTypeValidates: site")]
    [InlineData("""{"webhookSecret": "s", "mode": "test"}""", "NotAnyOf: mode")]
    [InlineData("""{"webhookSecret": "s", "tags": "a"}""", "NoTypeValidates: tags")]
    [InlineData("""{"webhookSecret": "s", "labels": {"a": 1}}""", "AdditionalPropertiesNotValid: labels.a")]
    public void Settings_that_do_not_load_are_rejected(string settings, string problem)
    {
        Assert.IsType<LoadResult.Failed>(Loading.Load(Document(Connection("testshop", settings, enabled: true))));
        Assert.Equal([problem.Replace(": ", ": #/connections.shop.settings.")], Problems(Document(Connection("testshop", settings, enabled: true))));
    }

    [Fact]
    public void Identity_that_loads_is_accepted()
    {
        const string document = """
            {"connections": {"shop": {"connector": "testcrm"}},
             "identity": {
               "blockedPhones": ["tel:+49-221-5550110", "${PHONE}"],
               "blockedIds": ["user: guest", "customer:shop:0", "anonymous:shop:a:b"],
               "emails": {"ignorePlusTags": true},
               "trust": {"shop": {"default": 40, "company": 90, "custom.plan": 10}}}}
            """;
        Loading.Loaded(document, ("PHONE", "+12025550142"));
        Assert.Equal([], Problems(document));
    }

    [Theory]
    [InlineData("""{"conections": {}}""")]
    [InlineData("""{"connections": {"Shop": {"connector": "testcrm"}}}""")]
    [InlineData("""{"connections": {"shop": {"connector": "testcrn"}}}""")]
    [InlineData("""{"connections": {"shop": {}}}""")]
    [InlineData("""{"connections": {"shop": {"connector": "testcrm", "enable": true}}}""")]
    [InlineData("""{"identity": {"blockedEmails": ["example.com"]}}""")]
    [InlineData("""{"connections": {"shop": {"connector": "testcrm"}}, "identity": {"trust": {"shop": 101}}}""")]
    [InlineData("""{"identity": {"trusts": {}}}""")]
    [InlineData("""{"connections": {"shop": {"connector": "testcrm"}}, "identity": {"trust": {"shop": {"compny": 1}}}}""")]
    [InlineData("""{"connections": {"shop": {"connector": "testcrm"}}, "identity": {"trust": {"shop": {"company": 101}}}}""")]
    [InlineData("""{"identity": {"blockedPhones": ["0221 5550110"]}}""")]
    [InlineData("""{"identity": {"blockedIds": ["guest"]}}""")]
    [InlineData("""{"identity": {"blockedIds": ["customer:0"]}}""")]
    [InlineData("""{"identity": {"emails": {"ignorePlusTag": true}}}""")]
    [InlineData("""{"identity": {"emails": {"ignorePlusTags": "yes"}}}""")]
    public void Typos_outside_the_settings_are_rejected(string document)
    {
        Assert.IsType<LoadResult.Failed>(Loading.Load(document));
        Assert.NotEmpty(Problems(document));
    }

    [Fact]
    public void Connection_without_settings_is_rejected_only_where_there_must_be_some()
    {
        Assert.Equal(["PropertyRequired: #/connections.shop.settings"], Problems("""{"connections": {"shop": {"connector": "testshop"}}}"""));
        Assert.Equal([], Problems("""{"connections": {"shop": {"connector": "testshop", "enabled": false}, "crm": {"connector": "testcrm"}}}"""));
    }

    [Fact]
    public void Settings_are_explained() =>
        Assert.Equal("Country that phone numbers without a country code belong to. ISO 3166-1 alpha-2, upper case; null leaves such numbers as they are, and they join nobody.",
            (string?)schema.SelectToken("properties.connections.patternProperties.*.allOf[0].then.properties.settings.properties.defaultCountry.description"));

    [Fact]
    public void Explanation_names_what_the_documentation_refers_to() =>
        Assert.Equal("Headers that Normalize reads, besides Content-Type. No header with a secret: these are stored.",
            new SettingDescriptions().Of(typeof(IWebhookSource).GetProperty(nameof(IWebhookSource.KeptHeaders))!));

    [Fact]
    public void Settings_sample_of_every_built_in_connector_is_accepted()
    {
        var builtIn = JObject.Parse(new ConnectorsSchema(ConnectorCatalog.BuiltIn).Text);
        foreach (var sample in Directory.GetFiles(Path.Combine(Repository, "src", "Connectors"), "settings.sample.json", SearchOption.AllDirectories))
        {
            var folder = Path.GetFileName(Path.GetDirectoryName(sample)!);
            var connector = ConnectorCatalog.BuiltIn.All.Single(connector => string.Equals(connector.Key.Replace("-", "", StringComparison.Ordinal), folder, StringComparison.OrdinalIgnoreCase));
            Assert.Equal([], Problems(Document(Connection(connector.Key, File.ReadAllText(sample), enabled: true)), builtIn));
        }
    }

    [Fact]
    public void Connectors_file_of_the_repository_enables_nothing_and_holds_no_secret()
    {
        var connections = JObject.Parse(File.ReadAllText(Path.Combine(Repository, "connectors.json")))["connections"]!.Children<JProperty>().ToList();
        // It shows tools; a new connector need not stand in it.
        var shown = connections.Select(connection => (string)connection.Value["connector"]!).ToList();
        Assert.Equal(shown.Distinct(StringComparer.Ordinal), shown);
        Assert.Equal([], shown.Where(key => ConnectorCatalog.BuiltIn.Find(key) is null));
        Assert.All(connections, connection => Assert.False((bool)connection.Value["enabled"]!));
        Assert.All(connections, connection =>
        {
            var settings = connection.Value["settings"]!.Children<JProperty>().ToList();
            Assert.Single(settings, setting => setting.Name is "webhookSecret" or "webhookToken");
            Assert.All(settings, setting => Assert.Matches(@"^\$\{[A-Z_]+\}$", (string)setting.Value!));
        });
    }

    [Fact]
    public void Schema_is_written_only_when_it_differs()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("data/connectors.schema.json");
        var connectors = new ConnectorsSchema(Loading.Catalog);
        Assert.True(connectors.Write(path));
        Assert.False(connectors.Write(path));
        Assert.Equal(connectors.Text, File.ReadAllText(path));
        File.WriteAllText(path, "{}");
        Assert.True(connectors.Write(path));
    }

    private static string Connection(string connector, string settings, bool enabled) =>
        $$"""{"connector": "{{connector}}", "enabled": {{(enabled ? "true" : "false")}}, "settings": {{settings}}}""";

    private static string Document(string connection) => $$"""{"connections": {"shop": {{connection}} } }""";

    private List<string> Problems(string document) => Problems(document, schema);

    /// <summary>Validates with NJsonSchema, which knows all keywords used but <c>if</c> and <c>then</c>; these are applied here.</summary>
    private static List<string> Problems(string document, JObject schema)
    {
        var parsed = JObject.Parse(document);
        var problems = Validate(parsed, schema);
        foreach (var connection in parsed["connections"]?.Values<JProperty>().Select(member => member!.Value) ?? [])
        {
            foreach (var rule in schema.SelectTokens("properties.connections.patternProperties.*.allOf[*]"))
            {
                if (Validate(connection, rule["if"]!).Count == 0) problems.AddRange(Validate(connection, rule["then"]!));
            }
        }
        return problems;
    }

    private static List<string> Validate(JToken token, JToken schema) =>
        [.. JsonSchema.FromJsonAsync(schema.ToString()).Result.Validate(token).Select(error => $"{error.Kind}: {error.Path}")];
}
