namespace IntegrationHub.Connectors.Declarative;

/// <summary>What a declaration says, ready to be carried out.</summary>
internal sealed record DeclarationRules
{
    /// <summary>How the vendor proves itself, the usual way first; one at least.</summary>
    public required IReadOnlyList<Proof> Proofs { get; init; }

    public required IReadOnlyList<DeclaredSetting> Settings { get; init; }

    public required IReadOnlyList<Func<WebhookRequest, Verification?>> Handshakes { get; init; }

    public required BodyFormat Format { get; init; }

    /// <summary>A list there holds several items, each read like a body of its own; null when bodies never hold several.</summary>
    public BodyPath? Batch { get; init; }

    public Expression? DeliveryId { get; init; }

    public required Expression Topic { get; init; }

    public required IReadOnlyList<DeclaredTopic> Topics { get; init; }

    /// <summary>The named values, in the order declared.</summary>
    public required IReadOnlyList<Expression> Values { get; init; }

    /// <summary>Headers that are read and therefore kept.</summary>
    public required IReadOnlyList<string> Headers { get; init; }

    public required IReadOnlyList<SimulatedBody> Simulated { get; init; }
}
