using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>One sample: the body's bytes as sent, the headers, and what must come of it.</summary>
/// <remarks><c>headers.txt</c> holds <c>Name: value</c> lines; a line <c>@ time</c> gives the arrival, for signatures with a time; a line <c>? query</c> the query string of the address, a line <c>POST address</c> the whole address, for signatures that cover it.</remarks>
internal sealed class SampleCase(VendorFolder vendor, string path)
{
    private static readonly DateTimeOffset UsualArrival = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public const string Connection = "sample";

    /// <summary>The address that vendors call where a sample names none.</summary>
    public static readonly Uri UsualAddress = new("https://hub.example.com/webhooks/sample");

    private static readonly string[] ObjectHeaders = [WebhookDelivery.ObjectTypeHeader, WebhookDelivery.ObjectIdHeader];

    private byte[]? body;
    private string[]? headerLines;
    private Dictionary<string, string>? headers;

    public string Name => Path.GetFileName(path);

    public byte[] Body => body ??= File.ReadAllBytes(BodyFile);

    public bool IsJson => BodyFile.EndsWith(".json", StringComparison.Ordinal);

    public bool IsForm => BodyFile.EndsWith(".form", StringComparison.Ordinal);

    public bool IsXml => BodyFile.EndsWith(".xml", StringComparison.Ordinal);

    /// <summary>Whether it is an object of the vendor's API rather than a webhook.</summary>
    public bool IsObject => Headers.ContainsKey(WebhookDelivery.ObjectTypeHeader);

    /// <summary>What stands between the parts of a multipart form; null for any other body.</summary>
    public string? Boundary => Headers.GetValueOrDefault("Content-Type") is { } type && type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        ? type[(type.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase) + "boundary=".Length)..].Trim('"')
        : null;

    public string ExpectedFile => Path.Combine(path, "expected.json");

    public IReadOnlyList<Waiver> Waivers => Waiver.Read(Path.Combine(path, "ignored.txt"));

    public DateTimeOffset Arrival => HeaderLines.Where(line => line.StartsWith('@'))
        .Select(line => DateTimeOffset.Parse(line[1..], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
        .DefaultIfEmpty(UsualArrival).First();

    public WebhookRequest Request => new() { Method = "POST", Url = Address, Path = Headers.GetValueOrDefault(WebhookDelivery.PathHeader), Query = Query, Headers = Headers, Body = Body, ReceivedAt = Arrival };

    public WebhookDelivery Delivery(IWebhookSource source, byte[]? changed = null) => new()
    {
        Connection = Connection,
        Connector = vendor.Description.Key,
        Body = changed ?? Body,
        ReceivedAt = Arrival,
        Headers = new Dictionary<string, string>([.. WebhookDelivery.Kept(source, Request), .. Headers.Where(header => ObjectHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))], StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>What a connector makes of a body under this sample's headers, as one comparable text without arrival times.</summary>
    public string Outcome(IWebhookSource source, byte[]? body = null)
    {
        var delivery = Delivery(source, body);
        return Describe(Normalization.Run(source, delivery), delivery);
    }

    internal static string Describe(Normalization normalization, WebhookDelivery delivery)
    {
        JsonNode outcome = normalization switch
        {
            Normalization.Events events => new JsonObject
            {
                ["events"] = new JsonArray([.. events.Facts.Zip(delivery.Stamp(events.Facts), (fact, stamped) => Describe(fact.Key, stamped))]),
                ["needsHydration"] = References(events.ToFetch),
                ["unread"] = Unread(events.Unread),
            },
            Normalization.Ignored ignored => new JsonObject { ["ignored"] = new JsonObject { ["topic"] = ignored.Topic, ["reason"] = ignored.Reason } },
            Normalization.NeedsHydration hydration => new JsonObject
            {
                ["needsHydration"] = References(hydration.References),
                ["unread"] = Unread(hydration.Unread),
            },
            Normalization.Invalid invalid => new JsonObject { ["invalid"] = new JsonObject { ["path"] = invalid.Path, ["problem"] = invalid.Problem } },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        foreach (var list in new[] { "needsHydration", "unread" })
        {
            if (outcome[list] is JsonArray { Count: 0 }) outcome.AsObject().Remove(list);
        }
        return outcome.ToJsonString(Indented) + "\n";
    }

    private static JsonArray References(IEnumerable<ObjectReference> references) =>
        [.. references.Select(reference => new JsonObject { ["objectType"] = reference.ObjectType, ["objectId"] = reference.ObjectId })];

    private static JsonArray Unread(IEnumerable<Normalization.Invalid> unread) =>
        [.. unread.Select(item => new JsonObject { ["path"] = item.Path, ["problem"] = item.Problem })];

    private static JsonObject Describe(string key, ContactEvent contactEvent)
    {
        var described = new JsonObject { ["kind"] = contactEvent.GetType().Name, ["key"] = key };
        var body = JsonNode.Parse(ContractJson.Serialize(contactEvent))!.AsObject();
        foreach (var (name, value) in body.Where(member => member.Key is not ("receivedAt" or "connection" or "connector")).ToList())
            described[name] = name == "occurredAt" && contactEvent.TimeBasis is TimeBasis.Arrival ? "(arrival)" : value?.DeepClone();
        return described;
    }

    private Uri Address => HeaderLines.Where(line => line.StartsWith("POST ", StringComparison.Ordinal)).Select(line => new Uri(line[5..])).DefaultIfEmpty(UsualAddress).First();

    private Dictionary<string, string> Headers => headers ??= HeaderLines.Where(line => line.Length > 0 && line[0] is not ('@' or '?') && !line.StartsWith("POST ", StringComparison.Ordinal))
        .ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), StringComparer.OrdinalIgnoreCase);

    private string Query => HeaderLines.Where(line => line.StartsWith('?')).Select(line => line[1..].Trim()).DefaultIfEmpty("").First();

    private string[] HeaderLines => headerLines ??= File.ReadAllLines(Path.Combine(path, "headers.txt"), Encoding.UTF8);

    private string BodyFile => Directory.GetFiles(path, "body.*").Single();

    public override string ToString() => $"{vendor}/{Name}";
}
