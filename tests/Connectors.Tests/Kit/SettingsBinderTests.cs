using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class SettingsBinderTests
{
    private const string SecretHint = "webhookSecret is required: without it nobody could tell the vendor from a stranger; write \"${NAME}\" and set the environment variable";

    private enum Mode
    {
        Live,
        DryRun,
    }

    [Fact]
    public void Every_supported_type_is_bound()
    {
        var bound = Bind<Everything>("""
            {
              "webhookSecret": ["new", "old"],
              "defaultCountry": "DE",
              "name": " kept as it is ",
              "isOn": true,
              "count": -7,
              "limit": 42,
              "rate": 0.10,
              "share": 7,
              "wait": "PT1M30S",
              "pause": "1.02:03:04.5",
              "address": "https://example.com/a?b=c",
              "mode": "dryRun",
              "tags": ["b", "", "a"],
              "labels": { "Zoë": "1", "": "" }
            }
            """);
        Assert.Equal(["new", "old"], bound.WebhookSecret);
        Assert.Equal("DE", bound.DefaultCountry);
        Assert.Equal(" kept as it is ", bound.Name);
        Assert.True(bound.IsOn);
        Assert.Equal((-7, 42), (bound.Count, bound.Limit));
        Assert.Equal((0.10m, 7m), (bound.Rate, bound.Share));
        Assert.Equal((TimeSpan.FromSeconds(90), new TimeSpan(1, 2, 3, 4, 500)), (bound.Wait, bound.Pause));
        Assert.Equal(new Uri("https://example.com/a?b=c"), bound.Address);
        Assert.Equal(Mode.DryRun, bound.Mode);
        Assert.Equal(["b", "", "a"], bound.Tags);
        Assert.Equal([new("Zoë", "1"), new("", "")], bound.Labels);
    }

    [Fact]
    public void What_is_absent_or_null_keeps_its_default()
    {
        foreach (var nothing in new[] { "", ", \"count\": null, \"name\": null, \"wait\": null, \"mode\": null, \"tags\": null, \"labels\": null, \"isOn\": null, \"rate\": null, \"limit\": null, \"address\": null" })
        {
            var bound = Bind<Everything>($$"""{"webhookSecret": "s"{{nothing}}}""");
            Assert.Equal(["s"], bound.WebhookSecret);
            Assert.Equal((3, (int?)null, 1.5m, TimeSpan.FromMinutes(5), Mode.Live), (bound.Count, bound.Limit, bound.Rate, bound.Wait, bound.Mode));
            Assert.Null(bound.Name);
            Assert.Null(bound.Address);
            Assert.False(bound.IsOn);
            Assert.Equal(["default"], bound.Tags);
            Assert.Empty(bound.Labels);
        }
    }

    [Fact]
    public void All_errors_are_told_at_once_with_path_and_line()
    {
        var document = JObject.Parse("""
            {"connections": {"shop_eu": {"settings": {
              "webhookSecret": "",
              "count": "many",
              "limit": 0,
              "webhokSecret": "hunter2",
              "tags": ["a", 1],
              "defaultCountry": "de",
              "labels": {"a": 1}
            }}}}
            """);
        Assert.Null(SettingsBinder.Bind(typeof(Everything), (JObject)document["connections"]!["shop_eu"]!["settings"]!, out var errors));
        Assert.Equal(
            [
                new("connections.shop_eu.settings.webhokSecret", 5, "is not a setting here; did you mean \"webhookSecret\"?"),
                new("connections.shop_eu.settings.webhookSecret", 2, "is not a secret that is not blank, or a list of such"),
                new("connections.shop_eu.settings.count", 3, "is not a whole number"),
                new("connections.shop_eu.settings.limit", 4, "The field limit must be between 1 and 100."),
                new("connections.shop_eu.settings.tags", 6, "is not a list of texts"),
                new("connections.shop_eu.settings.labels", 8, "is not an object whose values are texts"),
                new("connections.shop_eu.settings.defaultCountry", 7, "must be two capital letters, for example \"DE\""),
            ],
            errors);
    }

    [Fact]
    public void Missing_secret_is_told_with_a_hint_and_another_setting_without()
    {
        Assert.Equal([new SettingsError("webhookSecret", 1, SecretHint)], Errors<Everything>("{}"));
        Assert.Equal([new SettingsError("account", 1, "account is required"), new SettingsError("region", 1, "region is required")], Errors<Needing>("{}"));
    }

    [Fact]
    public void Null_where_a_value_is_needed_is_as_if_it_were_absent()
    {
        Assert.Equal([new SettingsError("webhookSecret", 2, SecretHint)], Errors<Everything>("{\n\"webhookSecret\": null}"));
        var document = JObject.Parse("{\"settings\": {\n\"account\": null,\n\"region\": null}}");
        Assert.Null(SettingsBinder.Bind(typeof(Needing), (JObject)document["settings"]!, out var errors));
        Assert.Equal([new("settings.account", 2, "account is required"), new("settings.region", 3, "region is required")], errors);
    }

    [Fact]
    public void Missing_setting_within_a_document_is_told_by_its_path_and_the_line_of_its_object()
    {
        var document = JObject.Parse("{\"connections\": {\n\"crm\": {\n\"settings\": {\n\n}}}}");
        Assert.Null(SettingsBinder.Bind(typeof(Needing), (JObject)document["connections"]!["crm"]!["settings"]!, out var errors));
        Assert.Equal([new("connections.crm.settings.account", 3, "account is required"), new("connections.crm.settings.region", 3, "region is required")], errors);
    }

    [Theory]
    [InlineData("name", "is not a text", "7", "7.5", "true", "[]", "{}")]
    [InlineData("isOn", "is not true or false", "\"true\"", "\"\"", "1", "0", "[]", "{}")]
    [InlineData("count", "is not a whole number", "\"7\"", "7.5", "7.0", "1e3", "true", "2147483648", "-2147483649", "9223372036854775808", "99999999999999999999999999999999", "[]", "{}")]
    [InlineData("rate", "is not a number that can be held", "\"0.1\"", "true", "[]", "{}", "1e30", "1e300", "-1e300", "1e9999", "99999999999999999999999999999999", "NaN", "Infinity", "-Infinity")]
    [InlineData("wait", "is not a duration such as \"PT5M\" or \"00:05:00\"",
        "300", "true", "\"\"", "\"5m\"", "\"300\"", "\"5:00\"", "\"00:05\"", "\"1.00:00\"", "\"00:60:00\"", "\"24:00:00\"", "\"P\"", "\"PT\"", "\"PT5\"", "\"5M\"", "\"P1Y2\"",
        "\"P99999999999D\"", "\"P2000000000Y\"", "\"PT999999999999999999999S\"", "\"-P99999999999D\"", "\"99999999.00:00:00\"", "[]", "{}")]
    [InlineData("address", "is not an absolute https or http address", "\"\"", "\"example.com\"", "\"/a\"", "\"ftp://example.com\"", "\"file:///a\"", "\"javascript:alert(1)\"", "\"https://\"", "7", "[]", "{}")]
    [InlineData("mode", "is not one of live, dryRun", "\"Live\"", "\"DRYRUN\"", "\"dry-run\"", "\"\"", "\"1\"", "\"live, dryRun\"", "1", "true", "[]", "{}")]
    [InlineData("tags", "is not a list of texts", "\"a\"", "[null]", "[1]", "[[]]", "[true]", "7", "{}")]
    [InlineData("labels", "is not an object whose values are texts", "\"a\"", "[]", "7", "{\"a\":1}", "{\"a\":null}", "{\"a\":{}}")]
    [InlineData("webhookSecret", "is not a secret that is not blank, or a list of such", "\"\"", "\" \"", "\"\\t\"", "[]", "[\"\"]", "[\"hunter2\",\"\"]", "[\"hunter2\",\" \"]", "[\"hunter2\",null]", "[\"hunter2\",7]", "[[\"hunter2\"]]", "7", "true", "{}")]
    public void Value_of_the_wrong_type_is_an_error_that_does_not_quote_it(string name, string problem, params string[] values) =>
        Assert.All(values, value => Assert.Equal([new SettingsError(name, 1, problem)], Errors<Everything>(
            name is "webhookSecret" ? $$"""{"webhookSecret": {{value}}}""" : $$"""{"webhookSecret": "hunter2", "{{name}}": {{value}}}""")));

    [Theory]
    [InlineData("count", "2147483647", "2147483647")]
    [InlineData("count", "-2147483648", "-2147483648")]
    [InlineData("rate", "79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("rate", "-0.25", "-0.25")]
    [InlineData("wait", "\"PT5M\"", "00:05:00")]
    [InlineData("wait", "\"PT0.5S\"", "00:00:00.5000000")]
    [InlineData("wait", "\"P1DT2H\"", "1.02:00:00")]
    [InlineData("wait", "\"-PT5M\"", "-00:05:00")]
    [InlineData("wait", "\"00:00:01\"", "00:00:01")]
    [InlineData("wait", "\"10.00:00:00\"", "10.00:00:00")]
    [InlineData("wait", "\"-00:00:01\"", "-00:00:01")]
    [InlineData("address", "\"HTTPS://Example.com\"", "https://example.com/")]
    [InlineData("address", "\"http://127.0.0.1:5080/x\"", "http://127.0.0.1:5080/x")]
    [InlineData("mode", "\"live\"", "Live")]
    [InlineData("name", "\"\"", "")]
    [InlineData("name", "\"2026-11-21T12:00:00\"", "2026-11-21T12:00:00")]
    public void Value_at_the_edge_is_bound(string name, string value, string expected)
    {
        var bound = Bind<Everything>($$"""{"webhookSecret": "s", "{{name}}": {{value}}}""");
        var property = typeof(Everything).GetProperty(char.ToUpperInvariant(name[0]) + name[1..])!;
        Assert.Equal(expected, Convert.ToString(property.GetValue(bound), CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("webhoksecret", "; did you mean \"webhookSecret\"?")]
    [InlineData("WEBHOOKSECRET", "; did you mean \"webhookSecret\"?")]
    [InlineData("secret", "; there are: account, mode, webhookSecret")]
    [InlineData("acount", "; did you mean \"account\"?")]
    [InlineData("mod", "; did you mean \"mode\"?")]
    [InlineData("x", "; there are: account, mode, webhookSecret")]
    [InlineData("", "; there are: account, mode, webhookSecret")]
    public void Nearest_name_is_suggested_or_all_are_listed(string given, string suggestion) =>
        Assert.Equal(suggestion, SettingsBinder.Suggestion(given, ["webhookSecret", "mode", "account"]));

    [Fact]
    public void Nothing_is_suggested_when_there_is_nothing() => Assert.Equal("", SettingsBinder.Suggestion("x", []));

    [Fact]
    public void Names_are_exact_and_in_camel_case()
    {
        Assert.Equal([new SettingsError("WebhookSecret", 1, "is not a setting here; did you mean \"webhookSecret\"?"), new SettingsError("webhookSecret", 1, SecretHint)],
            Errors<Everything>("""{"WebhookSecret": "hunter2"}"""));
        Assert.Equal(["webhookSecret", "name", "isOn", "count", "limit", "rate", "share", "wait", "pause", "address", "mode", "tags", "labels", "defaultCountry"],
            SettingsBinder.Properties(typeof(Everything)).Select(SettingsBinder.NameOf));
    }

    [Fact]
    public void Required_are_those_with_the_keyword_or_the_attribute() =>
        Assert.Equal(["account", "region"], SettingsBinder.Properties(typeof(Needing)).Where(SettingsBinder.IsRequired).Select(SettingsBinder.NameOf));

    [Fact]
    public void Every_broken_rule_of_a_value_is_told() =>
        Assert.Equal(
            [
                new SettingsError("account", 1, "must begin with a letter"),
                new SettingsError("account", 1, "The field account must be a string with a maximum length of 3."),
            ],
            Errors<Needing>("""{"account": "1234", "region": "eu"}""").OrderByDescending(error => error.Problem, StringComparer.Ordinal));

    [Fact]
    public void Range_of_a_duration_is_checked() =>
        Assert.Equal([new SettingsError("pause", 1, "The field pause must be between 00:00:01 and 10.00:00:00.")], Errors<Everything>("""{"webhookSecret": "s", "pause": "PT0S"}"""));

    [Fact]
    public void Setting_of_a_type_that_is_not_supported_is_a_mistake_of_the_developer() =>
        Assert.Equal("Settings of type System.Int64 are not supported.",
            Assert.Throws<NotSupportedException>(() => SettingsBinder.Bind(typeof(Unsupported), JObject.Parse("""{"size": 1}"""), out _)).Message);

    private static T Bind<T>(string json) where T : class
    {
        var bound = SettingsBinder.Bind(typeof(T), Parse(json), out var errors);
        Assert.Equal([], errors);
        return Assert.IsType<T>(bound);
    }

    private static IReadOnlyList<SettingsError> Errors<T>(string json)
    {
        Assert.Null(SettingsBinder.Bind(typeof(T), Parse(json), out var errors));
        return errors;
    }

    [Theory]
    [InlineData("""{ "key": "k", "secret": "s" }""", null)]
    [InlineData("""{ }""", null)]
    [InlineData("""{ "key": "k" }""", "secret: needs key and secret together")]
    [InlineData("""{ "secret": "s" }""", "secret: needs key and secret together")]
    [InlineData("""{ "secret": "s", "kee": "k" }""", "kee: is not a setting here; did you mean \"key\"?")]
    public void Settings_that_a_record_wants_together_are_checked_once_each_is_sound(string json, string? error)
    {
        var bound = SettingsBinder.Bind(typeof(Paired), Parse(json), out var errors);
        Assert.Equal(error, errors.Select(found => $"{found.Path}: {found.Problem}").SingleOrDefault());
        Assert.Equal(error is null, bound is not null);
    }

    private sealed record Paired : IValidatableObject
    {
        public string? Key { get; init; }

        public string? Secret { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Key is null != Secret is null) yield return new ValidationResult("needs key and secret together", ["secret"]);
        }
    }

    private static JObject Parse(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }

    private sealed record Everything : ConnectorSettings
    {
        [Secret]
        public required Secrets WebhookSecret { get; init; }

        public string? Name { get; init; }

        public bool IsOn { get; init; }

        public int Count { get; init; } = 3;

        [Range(1, 100)]
        public int? Limit { get; init; }

        public decimal Rate { get; init; } = 1.5m;

        public decimal? Share { get; init; }

        public TimeSpan Wait { get; init; } = TimeSpan.FromMinutes(5);

        [Range(typeof(TimeSpan), "00:00:01", "10.00:00:00")]
        public TimeSpan? Pause { get; init; }

        public Uri? Address { get; init; }

        public Mode Mode { get; init; }

        public IReadOnlyList<string> Tags { get; init; } = ["default"];

        public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

        /// <summary>Not a setting: it can't be set.</summary>
        public string Computed => $"{Count} {Rate}";
    }

    private sealed record Needing
    {
        [StringLength(3)]
        [RegularExpression("^[a-z].*$", ErrorMessage = "must begin with a letter")]
        public required string Account { get; init; }

        [Required]
        public string? Region { get; init; }

        public string? Note { get; init; }
    }

    private sealed record Unsupported
    {
        public long Size { get; init; }
    }
}
