using System.Globalization;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Tests;

/// <summary>A sample of a connector's folder.</summary>
internal sealed record VendorSample(string Tool, string Name, byte[] Body, Dictionary<string, string> Headers, string Query)
{
    public static VendorSample Load(string tool, string name)
    {
        var folder = Path.Combine(TestHub.VendorFolder(tool), "Samples", name);
        var lines = File.ReadAllLines(Path.Combine(folder, "headers.txt"));
        var headers = lines.Where(line => line.Contains(':', StringComparison.Ordinal) && line[0] is not ('@' or '?') && !line.StartsWith("POST ", StringComparison.Ordinal))
            .ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), StringComparer.OrdinalIgnoreCase);
        return new VendorSample(tool, name, File.ReadAllBytes(Directory.GetFiles(folder, "body.*").Single()), headers, lines.Where(line => line.StartsWith('?')).Select(line => line[1..].Trim()).FirstOrDefault(""));
    }

    /// <summary>The webhooks; objects of the vendor's API are no requests to the hub.</summary>
    public static IEnumerable<VendorSample> All(string tool) => Everything(tool).Where(sample => !sample.Headers.ContainsKey(WebhookDelivery.ObjectTypeHeader));

    /// <summary>The objects.</summary>
    public static IEnumerable<VendorObject> Objects(string tool) => Everything(tool).Where(sample => sample.Headers.ContainsKey(WebhookDelivery.ObjectTypeHeader))
        .Select(sample => new VendorObject(new ObjectReference(sample.Headers[WebhookDelivery.ObjectTypeHeader], sample.Headers[WebhookDelivery.ObjectIdHeader]), sample.Body));

    private static IEnumerable<VendorSample> Everything(string tool) =>
        Directory.GetDirectories(Path.Combine(TestHub.VendorFolder(tool), "Samples")).Select(path => Load(tool, Path.GetFileName(path)));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tool}/{Name}");
}
