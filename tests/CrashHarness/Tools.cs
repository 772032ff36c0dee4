using System.Reflection;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.CrashHarness;

/// <summary>The tools that send: those whose facts carry the vendor's own time, so that it does not matter when they arrive.</summary>
internal static class Tools
{
    private static readonly string[] Connectors = ["shopify", "stripe", "typeform", "calendly", "activecampaign"];

    private static readonly string RepositoryRoot = typeof(Tools).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>Writes a connectors file with one connection for each tool.</summary>
    public static async Task<HubConfiguration> ConnectAsync(string file)
    {
        var connections = new JsonObject();
        foreach (var connector in Connectors) connections[connector] = new JsonObject { ["connector"] = connector, ["settings"] = SampleSettings(connector) };
        await File.WriteAllTextAsync(file, new JsonObject { ["connections"] = connections }.ToJsonString());
        return new ConfigurationLoader(ConnectorCatalog.BuiltIn, _ => null).Load(file) is LoadResult.Loaded loaded
            ? loaded.Configuration
            : throw new InvalidOperationException($"{file} can't be used.");
    }

    // Nobody calls a vendor here: the API is where nobody listens.
    private static JsonNode SampleSettings(string connector)
    {
        var folder = Directory.GetDirectories(Path.Combine(RepositoryRoot, "src", "Connectors")).Single(path => string.Equals(Path.GetFileName(path), connector, StringComparison.OrdinalIgnoreCase));
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "settings.sample.json")))!.AsObject();
        if (settings.ContainsKey("apiUrl")) settings["apiUrl"] = "http://127.0.0.1:9";
        return settings;
    }
}
