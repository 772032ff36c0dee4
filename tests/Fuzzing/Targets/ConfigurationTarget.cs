using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors;
using IntegrationHub.Connectors.Tests.Conformance;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>The connectors file.</summary>
internal sealed class ConfigurationTarget : ITarget
{
    private const string Identity = """
        {
          // one of everything
          "$schema": "./data/connectors.schema.json",
          "connections": {
            "shop_eu": {"connector": "shopify", "enabled": true, "reconcile": {"every": "1h", "overlap": "10m"}, "settings": {"webhookSecret": ["${SHOP_SECRET}", "${UNSET:-s3cr3t-é}"], "defaultCountry": "DE"}},
            "mailing": {"connector": "activecampaign", "reconcile": "off", "settings": {"webhookToken": "${MAILING_TOKEN}"}},
            "off": {"connector": "stripe", "enabled": false, "settings": {"webhookSecret": "${EMPTY}$${x}"}},
          },
          "identity": {
            "blockedEmails": ["frontdesk@example.com", "@example.net"], "blockedPhones": ["+49 221 5550110"], "blockedIds": ["user:guest", "customer:shop_eu:0", "anonymous:shop_eu:none"],
            "emails": {"ignorePlusTags": true, "ignoreDotsOfGmail": false}, "limits": {"emails": 5, "phones": 10, "users": 1, "customersPerConnection": 5, "sharedAbove": 10},
            "trust": {"shop_eu": 80, "mailing": {"default": 40, "company": 90, "custom.plan": 10}}
          },
        }
        """;

    private static readonly DateTimeOffset Arrival = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchFile file = new();
    private readonly Dictionary<string, VendorFolder> vendors = VendorFolder.All.ToDictionary(vendor => vendor.Description.Key, StringComparer.Ordinal);

    public string Name => "configuration";

    public IReadOnlyList<FuzzInput> Seeds { get; } =
    [
        new("identity", "", [], Encoding.UTF8.GetBytes(Identity)),
        new("repository", "", [], File.ReadAllBytes(Path.Combine(VendorFolder.Root, "..", "..", "connectors.json"))),
        .. VendorFolder.All.Select(vendor => new FuzzInput(vendor.Name, "", [], Encoding.UTF8.GetBytes(FileOf(vendor)))),
    ];

    public ValueTask<Outcome> RunAsync(FuzzInput input) => ValueTask.FromResult(Effort.Measure(input, () => Try(input)));

    public async ValueTask<Finding?> RunAloneAsync(IReadOnlyList<FuzzInput> inputs) => (await RunAsync(inputs[0])).Finding;

    public ValueTask<IReadOnlyList<Caught>> SettleAsync() => ValueTask.FromResult<IReadOnlyList<Caught>>([]);

    public ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }

    private Outcome Try(FuzzInput input)
    {
        var result = new ConfigurationLoader(ConnectorCatalog.BuiltIn, LoadRules.Environment).Load(file.Path, file.Read(input.Body));
        List<string> features = [.. LoadRules.Features(result)];
        if (LoadRules.Broken(result, input) is { } broken) return Outcome.Broken(broken);
        if (result is not LoadResult.Loaded loaded) return new Outcome(features, null);
        // What was let through must work: a setting that only fails with the first delivery would have to be refused.
        foreach (var connection in loaded.Configuration.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal).Take(3))
        {
            if (connection.Source is { } source && Use(source, vendors[connection.Connector.Key], connection.Name) is { } finding) return Outcome.Broken(finding);
        }
        return new Outcome(features, null);
    }

    private static Finding? Use(IWebhookSource source, VendorFolder vendor, string connection)
    {
        var sample = vendor.Samples.First(sample => !sample.IsObject);
        var request = sample.Request with { ReceivedAt = Arrival };
        _ = (source as IVendorObjects)?.Api;
        if (WebhookRules.Broken(source, WebhookRules.Signed(source, request), []) is { } broken) return broken;
        var delivery = new WebhookDelivery { Connection = connection, Connector = vendor.Description.Key, Body = sample.Body, Headers = WebhookDelivery.Kept(source, request), ReceivedAt = Arrival };
        return EventRules.Broken(Normalization.Run(source, delivery), delivery);
    }

    // Its secrets are to be told from everything else.
    private static string FileOf(VendorFolder vendor)
    {
        var settings = JsonNode.Parse(vendor.Settings.ToString())!.AsObject();
        foreach (var setting in vendor.Description.Settings.Where(setting => setting.IsSecret && settings.ContainsKey(setting.Name) && !setting.Rules.OfType<EcdsaKeysAttribute>().Any()))
            settings[setting.Name] = $"{LoadRules.Secret}{setting.Name}-us14";
        return new JsonObject { ["connections"] = new JsonObject { ["one"] = new JsonObject { ["connector"] = vendor.Description.Key, ["settings"] = settings } } }.ToJsonString(new() { WriteIndented = true });
    }
}
