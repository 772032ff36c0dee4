using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Demo;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Bench;

/// <summary>The connections that deliveries are sent to.</summary>
internal static class ConnectorsFile
{
    /// <summary>The connection of the orders; a grown record knows its customers by the same name.</summary>
    public const string Shop = "shop";

    /// <summary>The connection of the answers to a form.</summary>
    public const string Forms = "forms";

    /// <summary>What both are signed with.</summary>
    public const string Secret = "bench-secret-of-all";

    /// <summary>The address by which the tools know the hub: some sign it.</summary>
    public static Uri PublicUrl => DemoHub.PublicUrl;

    public static Task<HubConfiguration> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var settings = new JObject { ["webhookSecret"] = Secret };
        var connections = new JObject { [Shop] = new JObject { ["connector"] = "shopify", ["settings"] = settings }, [Forms] = new JObject { ["connector"] = "typeform", ["settings"] = settings.DeepClone() } };
        return WriteAsync(Path.Combine(folder, "connectors.json"), new JObject { ["connections"] = connections }, cancellationToken);
    }

    /// <summary>A connection for each tool that can be simulated, but for those whose webhooks only hint at what has to be fetched: that takes as long as their vendors allow.</summary>
    public static Task<HubConfiguration> WriteMixAsync(string folder, CancellationToken cancellationToken)
    {
        var nobody = new Uri("http://127.0.0.1:9");
        var content = DemoHub.ConnectorsFile(nobody);
        var connections = content["connections"] as JObject ?? throw new InvalidOperationException("The demo has no connections.");
        foreach (var hinting in connections.Properties().Where(connection => ConnectorCatalog.BuiltIn.Simulator((string?)connection.Value["connector"] ?? "") is IApiSimulator).ToList()) hinting.Remove();
        return WriteAsync(Path.Combine(folder, "mix.json"), content, cancellationToken);
    }

    private static async Task<HubConfiguration> WriteAsync(string file, JObject content, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(file, content.ToString(), cancellationToken);
        return new ConfigurationLoader(ConnectorCatalog.BuiltIn, _ => null).Load(file) is LoadResult.Loaded loaded
            ? loaded.Configuration : throw new InvalidOperationException("The connectors file of the measurement is wrong.");
    }
}
