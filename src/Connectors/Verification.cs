namespace IntegrationHub.Connectors;

/// <summary>Whether a request comes from the vendor: accepted, rejected, or a handshake that only wants an answer.</summary>
public abstract record Verification
{
    private Verification() { }

    /// <summary>The sender proved itself.</summary>
    public sealed record Accepted : Verification;

    /// <summary>The sender did not prove itself.</summary>
    /// <param name="Reason">A fixed phrase, safe to show: it holds neither the secret nor the expected value.</param>
    public sealed record Rejected(string Reason) : Verification;

    /// <summary>A probe or challenge: answer it and store nothing.</summary>
    public sealed record Handshake(WebhookReply Reply) : Verification;

    /// <summary>The sender proved itself.</summary>
    public static Verification Accept { get; } = new Accepted();

    /// <summary>The sender did not prove itself, for this fixed reason.</summary>
    public static Verification Reject(string reason) => new Rejected(reason);
}
