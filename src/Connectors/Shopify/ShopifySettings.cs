using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Settings of a Shopify connection.</summary>
public sealed record ShopifySettings : ConnectorSettings
{
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
}

/// <summary>What becomes of orders and payments made in test mode.</summary>
public enum TestOrders
{
    /// <summary>They are read like any other.</summary>
    Include,

    /// <summary>They are ignored and counted.</summary>
    Ignore,
}
