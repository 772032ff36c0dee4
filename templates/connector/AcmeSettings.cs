using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Acme;

/// <summary>Settings of an Acme connection.</summary>
public sealed record AcmeSettings : ConnectorSettings
{
    /// <summary>The secret that Acme shows beside the webhook.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }
}
