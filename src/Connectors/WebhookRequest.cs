namespace IntegrationHub.Connectors;

/// <summary>One HTTP request to a connection's webhook address, before it is trusted.</summary>
public sealed record WebhookRequest
{
    /// <summary>HTTP method in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The last segment of <c>/webhooks/{connection}/{token}</c>, percent-decoded; null when absent.</summary>
    public string? PathToken { get; init; }

    /// <summary>The path as received, for a connector that serves paths of its own (<see cref="IRoutedSource"/>); null otherwise.</summary>
    public string? Path { get; init; }

    /// <summary>The query string as received, without the question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The address that the vendor called: the configured public address, then path and query as received, letter by letter in <see cref="Uri.OriginalString"/>; null when none is configured.</summary>
    public Uri? Url { get; init; }

    /// <summary>Headers; names compare without case, repeated ones are joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body, byte for byte as received.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Arrival time, UTC; the only clock that verification may look at.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The header's value, or null when it is absent or blank.</summary>
    public string? Header(string name) =>
        Headers.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>The parameters of the query in the order sent, decoded.</summary>
    public IEnumerable<(string Name, string Value)> Parameters() => UrlParameters.Read(Query);

    /// <summary>This request with one more header.</summary>
    public WebhookRequest WithHeader(string name, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [name] = value } };
}
