using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>What the hub answers to a vendor's request.</summary>
public sealed record WebhookReply
{
    /// <summary>HTTP status.</summary>
    public int StatusCode { get; init; } = 200;

    /// <summary>Media type of the body; null when there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>200 with a plain-text body.</summary>
    public static WebhookReply Text(string text) =>
        new() { ContentType = "text/plain; charset=utf-8", Body = Encoding.UTF8.GetBytes(text) };
}
