using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Tests.Configuration;

public sealed class ConfigurationLoaderTests
{
    [Fact]
    public void Everything_that_is_written_is_loaded()
    {
        var configuration = Loading.Loaded("""
            {
              // Comments and trailing commas are allowed.
              "$schema": "./data/connectors.schema.json",
              "connections": {
                "shop_eu": {
                  "connector": "testshop",
                  "enabled": true, /* the default */
                  "settings": { "webhookSecret": ["old", "new"], "defaultCountry": "DE", "retries": 5, "rate": 2.5, "verbose": true,
                    "tolerance": "PT1M", "site": "https://shop.example", "mode": "dryRun", "tags": ["a"], "labels": {"a": "b"}, },
                },
                "crm": { "connector": "testcrm" },
              },
              "identity": { "blockedEmails": ["Info@Example.com", "@example.org"], "trust": { "crm": 90 } },
            }
            """);
        Assert.Equal(["crm", "shop_eu"], configuration.Connections.Keys.Order());
        Assert.Equal(Path.GetFullPath(Loading.File), configuration.File);
        var shop = configuration.Connections["shop_eu"];
        Assert.True(shop.Enabled);
        Assert.Equal("testshop", shop.Connector.Key);
        Assert.IsType<TestShopConnector>(shop.Source);
        var settings = Assert.IsType<TestShopSettings>(shop.Settings);
        Assert.Equal(["old", "new"], settings.WebhookSecret);
        Assert.Equal((5, 2.5m, true, TimeSpan.FromMinutes(1), TestMode.DryRun, "DE"), (settings.Retries, settings.Rate, settings.Verbose, settings.Tolerance, settings.Mode, settings.DefaultCountry));
        Assert.Equal(["info@example.com", "@example.org"], configuration.Identity.BlockedEmails);
        Assert.Equal((90, 50), (configuration.Identity.TrustOf("crm", "company"), configuration.Identity.TrustOf("shop_eu", "company")));
    }

    [Fact]
    public void Identity_is_read_in_whatever_spelling_and_order_it_is_written()
    {
        var identity = Loading.Loaded("""
            {"connections": {"crm": {"connector": "testcrm"}, "shop": {"connector": "testcrm"}},
             "identity": {
               "blockedEmails": ["Zoe+Shop@Gmail.com", "@Müller.example"],
               "blockedPhones": ["tel:+49-221-5550110", "+1 (202) 555-0142"],
               "blockedIds": ["user: guest ", "customer:crm:0", "anonymous:shop:a:b"],
               "emails": {"ignorePlusTags": true, "ignoreDotsOfGmail": true},
               "trust": {"crm": {"default": 40, "company": 90, "custom.plan": 10}, "shop": 60}}}
            """).Identity;
        Assert.Equal(["zoe@gmail.com", "@xn--mller-kva.example"], identity.BlockedEmails);
        Assert.Equal(["+12025550142", "+492215550110"], identity.BlockedPhones.Order());
        Assert.Equal(["anonymous:shop:a:b", "customer:crm:0", "user:guest"], identity.BlockedIds.Order());
        Assert.Equal((true, true), (identity.Emails.IgnorePlusTags, identity.Emails.IgnoreDotsOfGmail));
        Assert.Equal([40, 90, 10, 60], [identity.TrustOf("crm", "city"), identity.TrustOf("crm", "company"), identity.TrustOf("crm", "custom.plan"), identity.TrustOf("shop", "city")]);
        Assert.Equal(50, Loading.Loaded("""{"connections": {"crm": {"connector": "testcrm"}}, "identity": {"trust": {"crm": {"company": 90}}}}""").Identity.TrustOf("crm", "city"));
    }

    [Fact]
    public void Connection_of_a_connector_without_webhooks_has_settings_and_no_source()
    {
        var crm = Loading.Loaded("""{"connections": {"crm": {"connector": "testcrm", "settings": {"account": "a"}}}}""").Connections["crm"];
        Assert.Null(crm.Source);
        Assert.Equal("a", Assert.IsType<TestCrmSettings>(crm.Settings).Account);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"connections": {}}""")]
    public void No_connection_at_all_is_fine(string text) => Assert.Empty(Loading.Loaded(text).Connections);

    [Fact]
    public void Disabled_connection_may_be_incomplete_and_its_variables_unset()
    {
        var connections = Loading.Loaded("""
            {"connections": {
              "empty": {"connector": "testshop", "enabled": false},
              "unset": {"connector": "testshop", "enabled": false, "settings": {"webhookSecret": "${UNSET}", "retries": 99}}
            }}
            """).Connections;
        Assert.All(connections.Values, connection => Assert.Equal((false, null, null), (connection.Enabled, connection.Source, connection.Settings)));
    }

    [Fact]
    public void Two_connections_may_share_a_secret_and_a_connector()
    {
        var connections = Loading.Loaded("""
            {"connections": {
              "shop_eu": {"connector": "testshop", "settings": {"webhookSecret": "${SECRET}"}},
              "shop_us": {"connector": "testshop", "settings": {"webhookSecret": "${SECRET}"}}
            }}
            """, ("SECRET", "s3cret")).Connections;
        Assert.NotSame(connections["shop_eu"].Source, connections["shop_us"].Source);
    }

    [Theory]
    [InlineData("${NAME}", "value")]
    [InlineData("a ${NAME} b ${OTHER_1}${NAME}", "a value b othervalue")]
    [InlineData("${UNSET:-default}", "default")]
    [InlineData("${EMPTY:-default}", "default")]
    [InlineData("${NAME:-default}", "value")]
    [InlineData("[${UNSET:-}]", "[]")]
    [InlineData("${UNSET:-a:-b$c{d}", "a:-b$c{d")]
    [InlineData("$${NAME}", "${NAME}")]
    [InlineData("$$${NAME}", "$${NAME}")]
    [InlineData("$NAME $ {NAME} {NAME} } $$", "$NAME $ {NAME} {NAME} } $$")]
    [InlineData("${DOLLAR}", "${NAME}")]
    public void Variables_are_put_into_texts(string written, string read)
    {
        var text = """{"connections": {"crm": {"connector": "${KIND}", "settings": {"account": "TEXT"}}}}""".Replace("TEXT", written);
        var connection = Loading.Loaded(text, ("NAME", "value"), ("OTHER_1", "other"), ("EMPTY", ""), ("DOLLAR", "${NAME}"), ("KIND", "testcrm")).Connections["crm"];
        Assert.Equal(read, ((TestCrmSettings)connection.Settings!).Account);
    }

    [Fact]
    public void Variables_are_put_into_lists_objects_and_identity_and_not_into_names()
    {
        var configuration = Loading.Loaded("""
            {"connections": {"shop": {"connector": "testshop", "settings": {"webhookSecret": ["${A}", "${B}"], "tags": ["${A}"], "labels": {"${A}": "${B}"}}}},
             "identity": {"blockedEmails": ["@${A}.example"]}}
            """, ("A", "one"), ("B", "two"));
        var settings = (TestShopSettings)configuration.Connections["shop"].Settings!;
        Assert.Equal(["one", "two"], settings.WebhookSecret);
        Assert.Equal(["one"], settings.Tags);
        Assert.Equal("two", settings.Labels["${A}"]);
        Assert.Equal(["@one.example"], configuration.Identity.BlockedEmails);
    }

    [Fact]
    public void Setting_that_is_null_takes_its_default()
    {
        var shop = Loading.Loaded("""{"connections": {"shop": {"connector": "testshop", "settings": {"webhookSecret": "s", "retries": null, "note": null}}}}""").Connections["shop"];
        Assert.Equal(3, ((TestShopSettings)shop.Settings!).Retries);
    }

    [Fact]
    public void Loaded_connection_verifies_with_its_secret()
    {
        var source = Loading.Loaded("""{"connections": {"shop": {"connector": "testshop", "settings": {"webhookSecret": "${SECRET}"}}}}""", ("SECRET", "s3cret")).Connections["shop"].Source!;
        var request = new WebhookRequest { Method = "POST", Headers = new Dictionary<string, string>(), Body = "{}"u8.ToArray(), ReceivedAt = new ManualTime().GetUtcNow() };
        var signed = new HmacAuthentication(new Secrets("s3cret")) { Header = "X-Test-Signature" }.Sign(request);
        Assert.IsType<Verification.Accepted>(source.Verify(signed));
        Assert.IsType<Verification.Rejected>(source.Verify(request));
    }
}
