using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Settings of a Zoho Invoice connection: one connection is one organization.</summary>
public sealed record ZohoInvoiceSettings : ApiSettings, IValidatableObject
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

    /// <summary>The organization, for the API: its number, as Settings, Organization Profile shows it.</summary>
    [RegularExpression("^[0-9]{1,20}$", ErrorMessage = "must be the number of the organization")]
    public string? OrganizationId { get; init; }

    /// <summary>Where Zoho keeps the organization: the end of the address when logged in.</summary>
    /// <value>com (default), eu, in, com.au, jp, ca, com.cn or sa.</value>
    [RegularExpression(@"^(com|eu|in|com\.au|jp|ca|com\.cn|sa)$", ErrorMessage = "must be com, eu, in, com.au, jp, ca, com.cn or sa")]
    public string Region { get; init; } = "com";

    /// <summary>Id of the client at Zoho's API console, for history and for what webhooks missed.</summary>
    public string? ClientId { get; init; }

    /// <summary>Secret of the client.</summary>
    [Secret]
    public string? ClientSecret { get; init; }

    /// <summary>Refresh token of a self client, where you have one already; else the hub asks for access.</summary>
    [Secret]
    public string? RefreshToken { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClientId is null != ClientSecret is null) yield return new ValidationResult("needs clientId and clientSecret together", ["clientSecret"]);
        if (ClientId is not null && OrganizationId is null) yield return new ValidationResult("is needed where there is a clientId", ["organizationId"]);
    }

    /// <summary>Zoho allows an organization 100 calls a minute, and a number of calls a day that depends on its plan.</summary>
    internal ApiAccess? Access() => (OrganizationId, ClientId, ClientSecret) is ({ } organization, { } client, { } secret)
        ? new ApiAccess
        {
            Address = ApiAddress($"https://www.zohoapis.{Region}/invoice/v3/"),
            Account = organization,
            Credential = new ApiCredential.OAuth(Grant(client, secret)),
            Limit = new CallLimit(100, TimeSpan.FromMinutes(1)),
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-com-zoho-invoice-organizationid"] = organization },
            Judge = ZohoFaults.Judge,
        }
        : null;

    // Canada's accounts are at a name of their own.
    private OAuthGrant Grant(string client, string secret)
    {
        var accounts = new Uri(Region == "ca" ? "https://accounts.zohocloud.ca" : $"https://accounts.zoho.{Region}");
        return new OAuthGrant
        {
            AuthorizeAddress = new Uri(accounts, "oauth/v2/auth"),
            TokenAddress = new Uri(accounts, "oauth/v2/token"),
            ClientId = client,
            ClientSecret = secret,
            RefreshToken = RefreshToken,
            // Zoho joins scopes by commas.
            Scopes = ["ZohoInvoice.contacts.READ,ZohoInvoice.invoices.READ,ZohoInvoice.customerpayments.READ"],
            AuthorizeParameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["access_type"] = "offline", ["prompt"] = "consent" },
            Scheme = "Zoho-oauthtoken",
            UsualLifetime = TimeSpan.FromHours(1),
        };
    }
}

/// <summary>How a webhook of Zoho Invoice proves itself.</summary>
public enum ZohoInvoiceProof
{
    /// <summary>By a signature over parameters and body.</summary>
    Signature,

    /// <summary>By a secret in its address: it signs nothing.</summary>
    Address,
}
