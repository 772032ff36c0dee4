using System.Reflection;
using System.Text.Json.Nodes;
using IntegrationHub.Connectors;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Bench.Normalizing;

/// <summary>One connector and one body. JSON is made compact, as vendors send it.</summary>
public sealed class Subject
{
    /// <summary>The connector that the others are compared with.</summary>
    public const string Yardstick = "shopify";

    private static readonly string Root = typeof(Subject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ConnectorsFolder").Value
        ?? throw new InvalidOperationException("ConnectorsFolder is not set.");

    private readonly IWebhookSource source;
    private readonly IReadOnlyDictionary<string, string> headers;
    private readonly byte[] body;

    private Subject(string connector, string folder, IWebhookSource source)
    {
        Connector = connector;
        Name = Path.GetFileName(folder);
        this.source = source;
        headers = File.ReadAllLines(Path.Combine(folder, "headers.txt")).Where(line => line.Contains(": ", StringComparison.Ordinal) && !line.StartsWith('@'))
            .Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var file = Directory.GetFiles(folder, "body.*").Single();
        body = file.EndsWith(".json", StringComparison.Ordinal) ? Compact(File.ReadAllBytes(file)) : File.ReadAllBytes(file);
    }

    public static IEnumerable<Subject> All => ConnectorCatalog.BuiltIn.All.Select(Largest);

    public string Connector { get; }

    public string Name { get; }

    public int Bytes => body.Length;

    /// <summary>From the bytes to stamped events.</summary>
    /// <returns>How many there are.</returns>
    public int Run()
    {
        var delivery = new WebhookDelivery { Connection = "bench", Connector = Connector, Headers = headers, Body = body, ReceivedAt = DateTimeOffset.UnixEpoch.AddYears(56) };
        return Normalization.Run(source, delivery) is Normalization.Events events ? delivery.Stamp(events.Facts).Count : 0;
    }

    public override string ToString() => $"{Connector}/{Name}";

    private static Subject Largest(ConnectorDescription connector)
    {
        var folder = Directory.GetDirectories(Root).Single(path => string.Equals(Path.GetFileName(path), connector.Key.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        var settings = connector.Bind(JObject.Parse(File.ReadAllText(Path.Combine(folder, "settings.sample.json"))), out _) ?? throw new InvalidOperationException($"The settings sample of {connector.Key} can't be read.");
        var source = (IWebhookSource)connector.Create(settings);
        return Directory.GetDirectories(Path.Combine(folder, "Samples")).Select(path => new Subject(connector.Key, path, source)).Where(subject => subject.Run() > 0).MaxBy(subject => subject.Bytes)
            ?? throw new InvalidOperationException($"No sample of {connector.Key} tells an event.");
    }

    private static byte[] Compact(byte[] json) => System.Text.Encoding.UTF8.GetBytes(JsonNode.Parse(json)?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null");
}
