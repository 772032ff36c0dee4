using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors;

/// <summary>A verified delivery, as the inbox keeps it.</summary>
public sealed class WebhookDelivery
{
    /// <summary>The header that the hub stores a fetched object's type under. No connector may keep a header of this name.</summary>
    public const string ObjectTypeHeader = "Hub-Object";

    /// <summary>The header that the hub stores a fetched object's id under.</summary>
    public const string ObjectIdHeader = "Hub-Object-Id";

    /// <summary>The header that the hub stores the path under, for a connector that serves several: <see cref="IRoutedSource"/>.</summary>
    public const string PathHeader = "Hub-Path";

    /// <summary>Name of the connection.</summary>
    public required string Connection { get; init; }

    /// <summary>Key of the connector.</summary>
    public required string Connector { get; init; }

    /// <summary>What <see cref="Kept"/> kept of the request: headers, whose names compare without case, and parameters of the query, with a question mark before their name.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body, byte for byte as received but for <see cref="WebhookAuthentication.WithoutProof"/>.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Arrival time, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Which object of the vendor's API this is; null for a webhook.</summary>
    public ObjectReference? Object => Headers.TryGetValue(ObjectTypeHeader, out var type) && Headers.TryGetValue(ObjectIdHeader, out var id) ? new ObjectReference(type, id) : null;

    /// <summary>The body read as JSON, once.</summary>
    /// <exception cref="PayloadException">It is not JSON.</exception>
    public Payload Json => json ??= Payload.Parse(Body);

    /// <summary>The body read as a form, once: multipart or urlencoded, as <c>Content-Type</c> says.</summary>
    /// <exception cref="PayloadException">It is not a form.</exception>
    public FormPayload Form => form ??= FormPayload.Parse(Body, Headers.GetValueOrDefault("Content-Type"));

    /// <summary>The body read as XML, once.</summary>
    /// <exception cref="PayloadException">It is not XML that can be read.</exception>
    public XmlPayload Xml => xml ??= XmlPayload.Parse(Body);

    /// <summary>A header that the vendor always sends.</summary>
    /// <exception cref="PayloadException">It is absent.</exception>
    public string Header(string name) =>
        Headers.TryGetValue(name, out var value) && value.Length > 0 ? value : throw new PayloadException($"header {name}", "is missing");

    /// <summary>This delivery as if one item of its body were all it holds: for vendors that send several at once. Errors keep the path in the whole body.</summary>
    /// <param name="item">What <see cref="Json"/> reads then.</param>
    public WebhookDelivery Of(Payload item) => new() { Connection = Connection, Connector = Connector, Headers = Headers, Body = Body, ReceivedAt = ReceivedAt, json = item };

    /// <summary>A parameter of the address's query, trimmed; null when it is absent or blank.</summary>
    public string? Parameter(string name) => Headers.TryGetValue($"?{name}", out var value) ? PayloadText.Clean(value) : null;

    /// <summary>What is stored of a request besides its body: the headers and parameters that the connector reads, <c>Content-Type</c>, and the path where the connector has its own. Of a repeated parameter the last value counts.</summary>
    public static Dictionary<string, string> Kept(IWebhookSource source, WebhookRequest request)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in source.KeptHeaders.Append("Content-Type"))
        {
            if (request.Header(header) is { } value) kept[header] = value;
        }
        if (request.Path is { } path) kept[PathHeader] = path;
        if (source.KeptParameters.Count == 0) return kept;
        foreach (var (name, value) in request.Parameters())
        {
            // No database keeps a NUL in a text.
            if (source.KeptParameters.Contains(name, StringComparer.Ordinal) && !value.Contains('\0', StringComparison.Ordinal)) kept[$"?{name}"] = value;
        }
        return kept;
    }

    /// <summary>Gives back what <see cref="Json"/> takes; what was read from it stays. Asked again, it is read anew.</summary>
    internal void Release()
    {
        json?.Release();
        json = null;
    }

    /// <summary>The facts with their envelope: id from the connection and the fact's key, connection, connector, arrival.</summary>
    public IReadOnlyList<ContactEvent> Stamp(IReadOnlyList<Fact> facts)
    {
        var events = new List<ContactEvent>(facts.Count);
        var seen = new HashSet<Guid>(facts.Count);
        foreach (var fact in facts)
        {
            var id = EventIds.Of(Connection, fact.Key);
            if (!seen.Add(id)) continue;
            events.Add(fact.Event with { EventId = id, Connection = Connection, Connector = Connector, ReceivedAt = ReceivedAt });
        }
        return events;
    }

    private Payload? json;
    private FormPayload? form;
    private XmlPayload? xml;
}
