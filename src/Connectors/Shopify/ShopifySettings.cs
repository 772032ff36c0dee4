using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Settings of a Shopify connection.</summary>
public sealed record ShopifySettings : ApiSettings, IValidatableObject
{
    private const string TokenHeader = "X-Shopify-Access-Token";

    /// <summary>Client secret of the app, or the secret shown in the store's notification settings; a list while it is being rotated.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>The shop that this connection belongs to; a delivery for another shop is rejected.</summary>
    /// <value>The myshopify.com domain in lower case; null accepts every shop that signs with the secret.</value>
    [RegularExpression(@"^[a-z0-9][a-z0-9-]*\.myshopify\.com$", ErrorMessage = "must be the shop's myshopify.com domain in lower case, for example \"northwind-demo.myshopify.com\"")]
    public string? ShopDomain { get; init; }

    /// <summary>What becomes of orders and payments made in test mode.</summary>
    /// <value>Default <see cref="Shopify.TestOrders.Include"/>: a new connection can be tried out.</value>
    public TestOrders TestOrders { get; init; }

    /// <summary>Client id of an app of your own organization, with which the hub gets tokens for the API; its client secret is the first webhookSecret.</summary>
    /// <value>Null where nothing is read from the API. Not used where there is an accessToken.</value>
    public string? ClientId { get; init; }

    /// <summary>Access token of an app that was made in the shop's admin, <c>shpat_…</c>.</summary>
    [Secret]
    public string? AccessToken { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((AccessToken ?? ClientId) is not null && ShopDomain is null)
            yield return new ValidationResult("is needed where there is a clientId or an accessToken: the API is the shop's", ["shopDomain"]);
    }

    /// <summary>Shopify counts what a query costs and not the calls: 100 points a second on the smallest plan, about what a page costs.</summary>
    internal ApiAccess? Access()
    {
        if ((AccessToken ?? ClientId) is null || ShopDomain is not { } shop) return null;
        var address = ApiAddress($"https://{shop}/admin/api/2026-10");
        return new ApiAccess
        {
            Address = address,
            Account = shop,
            Credential = AccessToken is { } token ? new ApiCredential.Header(TokenHeader, token) : new ApiCredential.OAuth(Grant(address, ClientId!)),
            Limit = new CallLimit(1, TimeSpan.FromSeconds(1)),
            Judge = ShopifyErrors.Judge,
        };
    }

    // The client-credentials grant: nobody is asked, the app is installed already.
    private OAuthGrant Grant(Uri address, string clientId) => new()
    {
        TokenAddress = new Uri(address, "/admin/oauth/access_token"),
        ClientId = clientId,
        ClientSecret = WebhookSecret[0],
        TokenHeader = TokenHeader,
    };
}

/// <summary>What becomes of orders and payments made in test mode.</summary>
public enum TestOrders
{
    /// <summary>They are read like any other.</summary>
    Include,

    /// <summary>They are ignored and counted.</summary>
    Ignore,
}
