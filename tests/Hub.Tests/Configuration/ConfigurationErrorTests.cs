namespace IntegrationHub.Hub.Tests.Configuration;

public sealed class ConfigurationErrorTests
{
    private const string Shape = """{"connector": …, "settings": {…}}""";

    private static readonly string Connectors = string.Join(", ", Loading.Catalog.All.Select(connector => connector.Key));

    [Theory]
    [InlineData("", "connectors.json: is empty; write {\"connections\": {}}")]
    [InlineData(" \r\n ", "connectors.json: is empty; write {\"connections\": {}}")]
    [InlineData("// nothing", "connectors.json:1: is not JSON at column 11; look for a missing or superfluous comma, quote or bracket here or just before")]
    [InlineData("{\n  \"connections\": {", "connectors.json:2: is not JSON at column 19; look for a missing or superfluous comma, quote or bracket here or just before")]
    [InlineData("{\n  \"é\": 1 \"b\": 2\n}", "connectors.json:2: is not JSON at column 10; look for a missing or superfluous comma, quote or bracket here or just before")]
    [InlineData("{'connections': {}}", "connectors.json:1: is not JSON at column 2; look for a missing or superfluous comma, quote or bracket here or just before")]
    [InlineData("{} {}", "connectors.json:1: is not JSON at column 4; look for a missing or superfluous comma, quote or bracket here or just before")]
    [InlineData("[]", "connectors.json:1: is not an object; write {\"connections\": {}}")]
    [InlineData("{\"identity\":\n 1e999}", "connectors.json:2: identity: can't be read at column 6: the number is too large, or a comment stands before a colon")]
    public void What_is_not_a_json_object_is_an_error(string text, string error) => Assert.Equal(error, Loading.Errors(text));

    [Fact]
    public void Deep_nesting_is_an_error() =>
        Assert.Equal("connectors.json:1: is nested deeper than 64", Loading.Errors(new string('[', 100_000)));

    [Fact]
    public void Nesting_up_to_the_limit_is_read() =>
        Assert.Equal("connectors.json:1: is not an object; write {\"connections\": {}}", Loading.Errors(new string('[', 64) + new string(']', 64)));

    [Fact]
    public void Unquoted_secret_is_not_quoted_by_the_error() =>
        Assert.DoesNotContain("123abc", Loading.Errors("""{"connections": {"shop": {"connector": "testshop", "settings": {"webhookSecret": 123abc}}}}"""));

    [Fact]
    public void Names_that_stand_twice_are_all_errors() => Assert.Equal("""
        connectors.json:3: connections.shop: stands on line 2 already; keep one of the two
        connectors.json:3: connections.shop.connector: stands on line 3 already; keep one of the two
        connectors.json:4: connections: stands on line 1 already; keep one of the two
        """, Loading.Errors("""
        {"connections": {
          "shop": {"connector": "testshop", "enabled": false},
          "shop": {"connector": "testshop", "connector": "testcrm"}
        }, "connections": {}}
        """));

    [Fact]
    public void Unknown_members_are_errors_at_every_level() => Assert.Equal("""
        connectors.json:2: schema: is not a setting here; did you mean "$schema"?
        connectors.json:3: conections: is not a setting here; did you mean "connections"?
        connectors.json:5: connections.shop.enable: is not a setting here; did you mean "enabled"?
        connectors.json:6: connections.shop.settings.webhookSecrt: is not a setting here; did you mean "webhookSecret"?
        connectors.json:7: connections.off.settings.retris: is not a setting here; did you mean "retries"?
        connectors.json:8: identity.blockedEmail: is not a setting here; did you mean "blockedEmails"?
        """, Loading.Errors("""
        {
          "schema": "x",
          "conections": {},
          "connections": {
            "shop": {"connector": "testshop", "enable": true,
              "settings": {"webhookSecrt": "a", "webhookSecret": "b"}},
            "off": {"connector": "testshop", "enabled": false, "settings": {"retris": 1}}},
          "identity": {"blockedEmail": []}
        }
        """));

    [Fact]
    public void Wrong_types_are_errors_at_every_level()
    {
        Assert.Equal($"""
            connectors.json:2: $schema: is not a text
            connectors.json:4: connections.a: is not an object; write {Shape}
            connectors.json:5: connections.b.connector: is not a text; write one of {Connectors}
            connectors.json:6: connections.c.enabled: is not true or false
            connectors.json:7: connections.d.settings: is not an object
            connectors.json:8: identity: is not an object
            """, Loading.Errors("""
            {
              "$schema": 1,
              "connections": {
                "a": "testshop",
                "b": {"connector": 1},
                "c": {"connector": "testcrm", "enabled": "false"},
                "d": {"connector": "testcrm", "settings": []}},
              "identity": []
            }
            """));
        Assert.Equal("connectors.json:1: connections: is not an object of connections by name", Loading.Errors("""{"connections": []}"""));
    }

    [Fact]
    public void Everything_wrong_with_the_settings_is_reported_together() => Assert.Equal("""
        connectors.json:3: connections.shop.settings.defaultCountry: must be two capital letters, for example "DE"
        connectors.json:4: connections.shop.settings.webhookSecret: is not a secret that is not blank, or a list of such
        connectors.json:5: connections.shop.settings.retries: The field retries must be between 1 and 10.
        connectors.json:6: connections.shop.settings.rate: The field rate must be between 0.5 and 9.5.
        connectors.json:7: connections.shop.settings.verbose: is not true or false
        connectors.json:8: connections.shop.settings.tolerance: is not a duration such as "PT5M" or "00:05:00"
        connectors.json:9: connections.shop.settings.site: is not an absolute https or http address
        connectors.json:10: connections.shop.settings.mode: is not one of live, dryRun
        connectors.json:11: connections.shop.settings.tags: is not a list of texts
        connectors.json:12: connections.shop.settings.labels: is not an object whose values are texts
        """, Loading.Errors("""
        {"connections": {"shop": {"connector": "testshop",
          "settings": {
            "defaultCountry": "de",
            "webhookSecret": " ",
            "retries": 11,
            "rate": 0.1,
            "verbose": 1,
            "tolerance": "5 minutes",
            "site": "shop.example",
            "mode": "test",
            "tags": "a",
            "labels": {"a": 1}}}}}
        """));

    [Fact]
    public void Enabled_connection_without_a_secret_is_told_what_to_write() => Assert.Equal("""
        connectors.json:3: connections.none.settings.webhookSecret: webhookSecret is required: without it nobody could tell the vendor from a stranger; write "${NAME}" and set the environment variable
        connectors.json:5: connections.bare.settings.webhookSecret: webhookSecret is required: without it nobody could tell the vendor from a stranger; write "${NAME}" and set the environment variable
        connectors.json:6: connections.nothing.settings.webhookSecret: webhookSecret is required: without it nobody could tell the vendor from a stranger; write "${NAME}" and set the environment variable
        """, Loading.Errors("""
        {"connections": {
          "none": {"connector": "testshop",
            "settings": {
              "note": "secretless"}},
          "bare": {"connector": "testshop"},
          "nothing": {"connector": "testshop", "settings": {"webhookSecret": null}}}}
        """));

    [Fact]
    public void Unknown_or_missing_connector_is_an_error() => Assert.Equal($$"""
        connectors.json:2: connections.a.connector: is not a connector; did you mean "testshop"?
        connectors.json:2: connections.a.settings.account: environment variable ACCOUNT is not set; set it, seal it with 'secrets set ACCOUNT', or give a default with ${ACCOUNT:-…}
        connectors.json:3: connections.b.connector: connector is required; write one of {{Connectors}}
        connectors.json:4: connections.c.connector: is not a connector; did you mean "testcrm"?
        connectors.json:5: connections.d.connector: environment variable KIND is not set; set it, seal it with 'secrets set KIND', or give a default with ${KIND:-…}
        """, Loading.Errors("""
        {"connections": {
          "a": {"connector": "testshp", "settings": {"account": "${ACCOUNT}"}},
          "b": {"settings": {}},
          "c": {"connector": "TestCrm", "enabled": false},
          "d": {"connector": "${KIND}", "enabled": false}}}
        """));

    [Theory]
    [InlineData("Shop", "connections.Shop")]
    [InlineData("shop-eu", "connections.shop-eu")]
    [InlineData("shop.eu", "connections['shop.eu']")]
    [InlineData("1shop", "connections.1shop")]
    [InlineData("_shop", "connections._shop")]
    [InlineData("shöp", "connections.shöp")]
    [InlineData("shop\\n", "connections['shop\\n']")]
    [InlineData("", "connections.")]
    public void Bad_connection_name_is_an_error(string name, string path) =>
        Assert.Equal($"connectors.json:1: {path}: is not a name for a connection; take lower-case letters, digits and underscores, a letter first, for example shop_eu",
            Loading.Errors("""{"connections": {"NAME": {"connector": "testcrm"}}}""".Replace("NAME", name)));

    [Fact]
    public void Unset_and_empty_variables_are_errors_on_their_lines() => Assert.Equal("""
        connectors.json:3: connections.shop.settings.webhookSecret[0]: environment variable SHOP_EU_SECRET is not set; set it, seal it with 'secrets set SHOP_EU_SECRET', or give a default with ${SHOP_EU_SECRET:-…}
        connectors.json:4: connections.shop.settings.webhookSecret[1]: environment variable EMPTY is not set; set it, seal it with 'secrets set EMPTY', or give a default with ${EMPTY:-…}
        connectors.json:4: connections.shop.settings.webhookSecret[1]: environment variable OTHER is not set; set it, seal it with 'secrets set OTHER', or give a default with ${OTHER:-…}
        connectors.json:5: connections.shop.settings.site: environment variable SITE is not set; set it, seal it with 'secrets set SITE', or give a default with ${SITE:-…}
        connectors.json:6: connections.shop.settings.nose: environment variable NOTE is not set; set it, seal it with 'secrets set NOTE', or give a default with ${NOTE:-…}
        connectors.json:6: connections.shop.settings.nose: is not a setting here; did you mean "note"?
        connectors.json:7: identity.blockedEmails[0]: environment variable MAIL is not set; set it, seal it with 'secrets set MAIL', or give a default with ${MAIL:-…}
        """, Loading.Errors("""
        {"connections": {"shop": {"connector": "testshop", "settings": {
          "webhookSecret": [
            "${SHOP_EU_SECRET}",
            "${EMPTY} ${OTHER}"],
          "site": "${SITE}",
          "nose": "${NOTE}"}}},
         "identity": {"blockedEmails": ["${MAIL}"]}}
        """, ("EMPTY", "")));

    [Theory]
    [InlineData("pa${ss", "holds a ${ without its }; write ${NAME}, or $${ for a literal ${")]
    [InlineData("${NAME:-x", "holds a ${ without its }; write ${NAME}, or $${ for a literal ${")]
    [InlineData("${}", "holds a ${ that names no variable; write ${NAME} or ${NAME:-default} with a name of letters, digits and underscores and no ${ in the default, or $${ for a literal ${")]
    [InlineData("${1PASS}", "holds a ${ that names no variable; write ${NAME} or ${NAME:-default} with a name of letters, digits and underscores and no ${ in the default, or $${ for a literal ${")]
    [InlineData("${NA ME}", "holds a ${ that names no variable; write ${NAME} or ${NAME:-default} with a name of letters, digits and underscores and no ${ in the default, or $${ for a literal ${")]
    [InlineData("${NAME-x}", "holds a ${ that names no variable; write ${NAME} or ${NAME:-default} with a name of letters, digits and underscores and no ${ in the default, or $${ for a literal ${")]
    [InlineData("${A:-${B}}", "holds a ${ that names no variable; write ${NAME} or ${NAME:-default} with a name of letters, digits and underscores and no ${ in the default, or $${ for a literal ${")]
    public void Malformed_reference_is_an_error_in_disabled_connections_too(string text, string problem)
    {
        Assert.Equal($"connectors.json:1: connections.shop.settings.webhookSecret: {problem}", Loading.Errors(Shop("true")));
        Assert.Equal($"connectors.json:1: connections.shop.settings.webhookSecret: {problem}", Loading.Errors(Shop("false")));

        string Shop(string enabled) => """{"connections": {"shop": {"connector": "testshop", "enabled": ENABLED, "settings": {"webhookSecret": "TEXT"}}}}""".Replace("ENABLED", enabled).Replace("TEXT", text);
    }

    [Fact]
    public void Everything_wrong_with_the_identity_is_reported() => Assert.Equal("""
        connectors.json:4: identity.blockedEmails[1]: is neither an address such as info@example.com nor a domain such as @example.com
        connectors.json:4: identity.blockedEmails[2]: is not a text
        connectors.json:4: identity.blockedEmails[3]: is neither an address such as info@example.com nor a domain such as @example.com
        connectors.json:6: identity.trust.shoop: is not a connection of this file; did you mean "shop"?
        connectors.json:7: identity.trust.shop: is not a whole number from 0 to 100
        connectors.json:8: identity.trust.crm: is not a whole number from 0 to 100
        """, Loading.Errors("""
        {"connections": {"shop": {"connector": "testcrm"}, "crm": {"connector": "testcrm"}},
         "identity": {
           "blockedEmails":
             ["a@example.com", "example.com", 1, "a@"],
           "trust": {
             "shoop": 1,
             "shop": 101,
             "crm": "90"}}}
        """));

    [Fact]
    public void Everything_wrong_with_trust_by_field_is_reported() => Assert.Equal("""
        connectors.json:5: identity.trust.crm.compny: is not a field of a contact; did you mean "company"?
        connectors.json:6: identity.trust.crm.default: is not a whole number from 0 to 100
        connectors.json:7: identity.trust.crm['custom.']: is not a field of a contact; did you mean "custom.…"?
        connectors.json:8: identity.trust.crm.city: is not a whole number from 0 to 100
        """, Loading.Errors("""
        {"connections": {"crm": {"connector": "testcrm"}},
         "identity": {
           "trust": {
             "crm": {
               "compny": 1,
               "default": "x",
               "custom.": 3,
               "city": 101}}}}
        """));

    [Fact]
    public void Everything_wrong_with_blocked_numbers_and_ids_is_reported_without_quoting_them() => Assert.Equal("""
        connectors.json:4: identity.blockedPhones[0]: is no phone number with its country, such as +49 221 5550110
        connectors.json:5: identity.blockedPhones[1]: is no phone number with its country, such as +49 221 5550110
        connectors.json:7: identity.blockedIds[0]: is no id; write user:VALUE, customer:CONNECTION:VALUE or anonymous:CONNECTION:VALUE
        connectors.json:8: identity.blockedIds[1]: is no id; write user:VALUE, customer:CONNECTION:VALUE or anonymous:CONNECTION:VALUE
        connectors.json:9: identity.blockedIds[2]: is no id; write user:VALUE, customer:CONNECTION:VALUE or anonymous:CONNECTION:VALUE
        connectors.json:10: identity.blockedIds[3]: names no connection of this file; did you mean "crm"?
        connectors.json:11: identity.blockedIds[4]: is no id; write user:VALUE, customer:CONNECTION:VALUE or anonymous:CONNECTION:VALUE
        connectors.json:12: identity.emails.ignorePlusTag: is not a setting here; did you mean "ignorePlusTags"?
        connectors.json:13: identity.emails.ignoreDotsOfGmail: is not true or false
        """, Loading.Errors("""
        {"connections": {"crm": {"connector": "testcrm"}},
         "identity": {
           "blockedPhones": [
             "0221 5550110",
             "secretary"],
           "blockedIds": [
             "guest",
             "user: ",
             "customer:crm",
             "customer:crn:0",
             "email:a@example.com"],
           "emails": {"ignorePlusTag": true,
             "ignoreDotsOfGmail": 1}}}
        """));

    [Theory]
    [InlineData("\"blockedPhones\": {}", "identity.blockedPhones: is not a list of texts")]
    [InlineData("\"blockedIds\": [1]", "identity.blockedIds[0]: is not a text")]
    [InlineData("\"emails\": []", "identity.emails: is not an object of true and false")]
    [InlineData("\"blockedEmails\": \"a@example.com\"", "identity.blockedEmails: is not a list of texts")]
    [InlineData("\"trust\": [1]", "identity.trust: is not an object of whole numbers by connection")]
    [InlineData("\"trust\": {\"shop\": 99999999999999999999}", "identity.trust.shop: is not a whole number from 0 to 100")]
    public void Identity_members_of_a_wrong_type_are_errors(string member, string error) =>
        Assert.Equal($"connectors.json:1: {error}", Loading.Errors("""{"connections": {"shop": {"connector": "testcrm"}}, "identity": {MEMBER}}""".Replace("MEMBER", member)));

    [Fact]
    public void Settings_that_the_connector_refuses_are_an_error_without_their_values() =>
        Assert.Equal("connectors.json:1: connections.shop.settings: is refused by the connector (FormatException); compare it with the connector's page",
            Loading.Errors("""{"connections": {"shop": {"connector": "testshop", "settings": {"webhookSecret": "s", "note": "refused"}}}}"""));

    [Theory]
    [InlineData("\"rate\": 99999999999999999999999999999999999999999", "rate: is not a number that can be held")]
    [InlineData("\"tolerance\": \"P2000000000Y\"", "tolerance: is not a duration such as \"PT5M\" or \"00:05:00\"")]
    public void Numbers_too_large_to_be_held_are_errors(string setting, string error) =>
        Assert.Equal($"connectors.json:1: connections.shop.settings.{error}",
            Loading.Errors("""{"connections": {"shop": {"connector": "testshop", "settings": {"webhookSecret": "s", SETTING}}}}""".Replace("SETTING", setting)));

    [Fact]
    public void Values_of_variables_never_appear_in_an_error()
    {
        var errors = Loading.Errors("""
            {"connections": {
              "a": {"connector": "${SECRET}", "settings": {}},
              "b": {"connector": "testshop", "settings": {"webhookSecret": "${SECRET}", "defaultCountry": "${SECRET}", "site": "${SECRET}", "mode": "${SECRET}",
                "tolerance": "${SECRET}", "retries": "${SECRET}", "verbose": "${SECRET}", "tags": "${SECRET}", "unknown": "${SECRET}"}}},
             "identity": {"blockedEmails": ["${SECRET}"]}}
            """, ("SECRET", "hunter2"));
        Assert.Equal(10, errors.Split('\n').Length);
        Assert.DoesNotContain("hunter2", errors);
    }
}
