using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.ClickFunnelsClassic;

/// <summary>Settings of a ClickFunnels Classic connection: one connection is one account.</summary>
public sealed record ClickFunnelsClassicSettings : ConnectorSettings
{
    /// <summary>A secret that nobody can guess, 16 characters or more: the last part of the webhook's address. ClickFunnels Classic signs nothing.</summary>
    [Required, Secret]
    public required Secrets WebhookToken { get; init; }
}
