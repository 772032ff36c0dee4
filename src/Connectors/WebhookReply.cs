using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>What the hub answers to a vendor's request.</summary>
public sealed record WebhookReply
{
    /// <summary>HTTP status.</summary>
    public int StatusCode { get; init; } = 200;

    /// <summary>Media type of the body; null when there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>200 with a plain-text body.</summary>
    public static WebhookReply Text(string text) =>
        new() { ContentType = "text/plain; charset=utf-8", Body = Encoding.UTF8.GetBytes(text) };
}

/// <summary>What the hub is about to answer to a delivery.</summary>
public enum WebhookOutcome
{
    /// <summary>It is stored.</summary>
    Accepted,

    /// <summary>It was stored before.</summary>
    Duplicate,

    /// <summary>The sender did not prove itself.</summary>
    Rejected,

    /// <summary>It is larger than the hub takes.</summary>
    TooLarge,

    /// <summary>It could not be stored now: the vendor should send it again.</summary>
    NotStored,
}
