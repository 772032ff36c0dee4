using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Settings of a Zoho Invoice connection: one connection is one organization.</summary>
public sealed record ZohoInvoiceSettings : ConnectorSettings
{
    /// <summary>The secret token of the webhooks, 12 to 50 letters and digits; with <c>proof</c> "address" the secret at the end of their address. A list while it is being changed.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>How a webhook proves itself: "signature" when it is secured with a token, "address" when it is not.</summary>
    /// <value>Default signature. The other proof is refused.</value>
    public ZohoInvoiceProof Proof { get; init; } = ZohoInvoiceProof.Signature;

    /// <summary>API name of the custom field of customers that is ticked when they allow marketing e-mails, for example <c>cf_newsletter</c>.</summary>
    /// <value>Null: Zoho tells nothing of consent. A field that is not ticked takes nothing back.</value>
    public string? ConsentField { get; init; }

    /// <summary>API name of the custom field of invoices that holds a promotion code, for example <c>cf_promo</c>.</summary>
    /// <value>Null: there is none.</value>
    public string? PromoField { get; init; }
}

/// <summary>How a webhook of Zoho Invoice proves itself.</summary>
public enum ZohoInvoiceProof
{
    /// <summary>By a signature over parameters and body.</summary>
    Signature,

    /// <summary>By a secret in its address: it signs nothing.</summary>
    Address,
}
