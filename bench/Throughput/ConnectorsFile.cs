using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Bench.Throughput;

/// <summary>The connections that deliveries are sent to.</summary>
internal static class ConnectorsFile
{
    /// <summary>The connection of the orders; a grown record knows its customers by the same name.</summary>
    public const string Shop = "shop";

    /// <summary>What the orders are signed with.</summary>
    public const string ShopSecret = "bench-secret-of-shop";

    public static async Task<HubConfiguration> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "connectors.json");
        await File.WriteAllTextAsync(file, $$"""{"connections": {"{{Shop}}": {"connector": "shopify", "settings": {"webhookSecret": "{{ShopSecret}}"} } } }""", cancellationToken);
        return new ConfigurationLoader(ConnectorCatalog.BuiltIn, _ => null).Load(file) is LoadResult.Loaded loaded
            ? loaded.Configuration : throw new InvalidOperationException("The connectors file of the measurement is wrong.");
    }
}
