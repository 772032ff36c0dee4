using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace IntegrationHub.Hub.Tests.Configuration;

public sealed class ReconcileScheduleTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromJsonAsync(new ConnectorsSchema(ConnectorCatalog.BuiltIn).Text).GetAwaiter().GetResult();

    [Theory]
    [InlineData("{}", 3600, 600)]
    [InlineData("""{"every": "15m"}""", 900, 600)]
    [InlineData("""{"every": "7d", "overlap": "0m"}""", 604800, 0)]
    [InlineData("""{"every": "90s", "overlap": "2h"}""", 90, 7200)]
    [InlineData("""{"every": "${EVERY}", "overlap": "${NOTHING:-1m}"}""", 300, 60)]
    [InlineData("""{"every": "off", "overlap": "5m"}""", null, 300)]
    [InlineData("\"off\"", null, 600)]
    [InlineData("\"${SWITCH}\"", null, 600)]
    public void Schedules_that_load(string reconcile, int? every, int overlap)
    {
        var schedule = Assert.IsType<LoadResult.Loaded>(Load(reconcile)).Configuration.Connections["shop"].Reconcile;
        Assert.Equal(new ReconcileSchedule(every is null ? null : TimeSpan.FromSeconds(every.Value), TimeSpan.FromSeconds(overlap)), schedule);
        Assert.Empty(Schema.Validate(JToken.Parse(Document(reconcile))));
    }

    [Theory]
    [InlineData("\"on\"", "reconcile: is neither \"off\" nor an object; write {\"every\": \"1h\", \"overlap\": \"10m\"}")]
    [InlineData("true", "reconcile: is neither \"off\" nor an object; write {\"every\": \"1h\", \"overlap\": \"10m\"}")]
    [InlineData("""{"evry": "1h"}""", "reconcile.evry: is not a setting here; did you mean \"every\"?")]
    [InlineData("""{"every": 60}""", "reconcile.every: is not a duration from 1m to 7d such as 15m, 1h or 1d; nor \"off\"")]
    [InlineData("""{"every": "1 h"}""", "reconcile.every: is not a duration from 1m to 7d such as 15m, 1h or 1d; nor \"off\"")]
    [InlineData("""{"every": null}""", "reconcile.every: is not a duration from 1m to 7d such as 15m, 1h or 1d; nor \"off\"")]
    [InlineData("""{"every": "-1h"}""", "reconcile.every: is not a duration from 1m to 7d such as 15m, 1h or 1d; nor \"off\"")]
    public void Schedules_that_editors_mark_too(string reconcile, string problem)
    {
        Assert.Equal($"connectors.json:1: connections.shop.{problem}", string.Join('\n', Assert.IsType<LoadResult.Failed>(Load(reconcile)).Errors));
        Assert.NotEmpty(Schema.Validate(JToken.Parse(Document(reconcile))));
    }

    [Theory]
    [InlineData("""{"every": "59s"}""", "every: is not a duration from 1m to 7d such as 15m, 1h or 1d; nor \"off\"")]
    [InlineData("""{"every": "999999d"}""", "every: is not a duration from 1m to 7d such as 15m, 1h or 1d; nor \"off\"")]
    [InlineData("""{"overlap": "8d"}""", "overlap: is not a duration from 0m to 7d such as 90s, 10m or 1h")]
    public void Durations_out_of_range_are_errors(string reconcile, string problem) =>
        Assert.Equal($"connectors.json:1: connections.shop.reconcile.{problem}", string.Join('\n', Assert.IsType<LoadResult.Failed>(Load(reconcile)).Errors));

    [Fact]
    public void Connector_without_history_has_no_schedule()
    {
        var failed = Assert.IsType<LoadResult.Failed>(Load("{}", "clickfunnels-classic", """{"webhookToken": "x"}"""));
        Assert.Equal("connectors.json:1: connections.shop.reconcile: is for connectors that can read history, and clickfunnels-classic can't; leave it out", Assert.Single(failed.Errors).ToString());
    }

    [Fact]
    public void Change_of_the_schedule_is_a_change_of_the_connection()
    {
        var (before, after) = (Loaded("{}"), Loaded("""{"every": "2h"}"""));
        Assert.Equal(["shop"], new ConfigurationChange(before, after).Changed);
        Assert.Equal(before.Connections["shop"].Fingerprint, after.Connections["shop"].Fingerprint);
    }

    private static HubConfiguration Loaded(string reconcile) => Assert.IsType<LoadResult.Loaded>(Load(reconcile)).Configuration;

    private static LoadResult Load(string reconcile, string connector = "woocommerce", string settings = """{"webhookSecret": "x", "consumerKey": "k", "consumerSecret": "s", "siteUrl": "https://shop.example/"}""") =>
        new ConfigurationLoader(ConnectorCatalog.BuiltIn, name => name switch { "EVERY" => "5m", "SWITCH" => "off", _ => null })
            .Load(Loading.File, new FileText.Read(Document(reconcile, connector, settings)));

    private static string Document(string reconcile, string connector = "woocommerce", string settings = """{"webhookSecret": "x", "consumerKey": "k", "consumerSecret": "s", "siteUrl": "https://shop.example/"}""") =>
        $$"""{"connections": {"shop": {"connector": "{{connector}}", "settings": {{settings}}, "reconcile": {{reconcile}} } } }""";
}
