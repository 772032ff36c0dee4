using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>Settings of a connection to one QuickBooks Online company.</summary>
public sealed record QuickBooksSettings : ApiSettings
{
    private const string Production = "https://quickbooks.api.intuit.com/";
    private const string Sandbox = "https://sandbox-quickbooks.api.intuit.com/";
    private const string Tokens = "oauth2/v1/tokens/bearer";

    // 10 a second and 500 a minute are allowed for each company.
    private static readonly CallLimit Share = new(8, TimeSpan.FromSeconds(1));

    /// <summary>Verifier token of the app's webhooks, as the developer portal shows it; not the client secret. A list while it is being replaced.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>Id of the company (realm id), as the portal and <b>Account and settings</b> show it. Events of other companies are ignored.</summary>
    [Required, SimulatedValue(QuickBooksSimulator.Company)]
    [RegularExpression("^[0-9]{6,24}$", ErrorMessage = "must be digits, for example \"9130000000000001\"")]
    public required string RealmId { get; init; }

    /// <summary>Client id of the app.</summary>
    [Required]
    public required string ClientId { get; init; }

    /// <summary>Client secret of the app.</summary>
    [Required, Secret]
    public required string ClientSecret { get; init; }

    /// <summary>A refresh token that was had elsewhere, such as in Intuit's OAuth playground; the hub begins with it.</summary>
    /// <value>Null where somebody grants access to the hub itself.</value>
    [Secret, SimulatedValue("demo-refresh-token")]
    public string? RefreshToken { get; init; }

    /// <summary>Which of Intuit's environments the company lives in.</summary>
    public QuickBooksEnvironment Environment { get; init; }

    /// <summary>Whether invoices, sales receipts, refunds and credits count as orders.</summary>
    public QuickBooksSales Sales { get; init; }

    /// <summary>The company's own currency: while it uses only one, QuickBooks names none.</summary>
    /// <value>ISO 4217, upper case; null leaves such amounts unknown.</value>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be three capital letters, for example \"USD\"")]
    public string? HomeCurrency { get; init; }

    /// <summary>Name of the custom field of sales that holds the campaign; null when none does.</summary>
    public string? CampaignField { get; init; }

    /// <summary>Name of the custom field of sales that holds the promotion code; null when none does.</summary>
    public string? PromoField { get; init; }

    internal ApiAccess Access() => new()
    {
        Address = ApiAddress($"{(Environment is QuickBooksEnvironment.Sandbox ? Sandbox : Production)}v3/company/{RealmId}/"),
        Account = RealmId,
        Credential = new ApiCredential.OAuth(Grant()),
        Limit = Share,
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Accept"] = "application/json" },
        Timeout = TimeSpan.FromSeconds(120),
        Judge = QuickBooksFaults.Find,
    };

    // Whoever stands in for Intuit's API hands out the tokens for it as well.
    private OAuthGrant Grant() => new()
    {
        AuthorizeAddress = new Uri("https://appcenter.intuit.com/connect/oauth2"),
        TokenAddress = ApiUrl is null ? new Uri($"https://oauth.platform.intuit.com/{Tokens}") : new Uri($"{ApiUrl.TrimEnd('/')}/{Tokens}"),
        ClientId = ClientId,
        ClientSecret = ClientSecret,
        RefreshToken = RefreshToken,
        Scopes = ["com.intuit.quickbooks.accounting"],
        ClientInHeader = true,
        UsualLifetime = TimeSpan.FromHours(1),
    };
}

/// <summary>Intuit's environments.</summary>
public enum QuickBooksEnvironment
{
    /// <summary>Companies of customers.</summary>
    Production,

    /// <summary>Companies to try things with.</summary>
    Sandbox,
}

/// <summary>What becomes of the sales in the books.</summary>
public enum QuickBooksSales
{
    /// <summary>They are orders, and add to the lifetime value.</summary>
    Count,

    /// <summary>They are not told as orders, for another tool tells the same sales.</summary>
    Leave,
}
