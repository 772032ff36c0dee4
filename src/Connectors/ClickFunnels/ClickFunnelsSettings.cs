using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Settings of a ClickFunnels connection: one connection is one webhook endpoint of one workspace.</summary>
public sealed record ClickFunnelsSettings : ConnectorSettings
{
    /// <summary>The endpoint's <c>webhook_secret</c>, 64 characters, as it is shown; a list while it is being changed.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>Name of the field of opt-in forms by which a person allows marketing e-mails, for example <c>newsletter</c>.</summary>
    /// <value>Null: a form is no consent. An unticked field takes nothing back.</value>
    public string? ConsentField { get; init; }

    /// <summary>Currency of the values of opportunities: ClickFunnels tells none with them.</summary>
    /// <value>ISO 4217, upper case; null leaves the values out.</value>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be three capital letters, for example \"USD\"")]
    public string? OpportunityCurrency { get; init; }
}
