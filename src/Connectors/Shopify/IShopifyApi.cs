using RestEase;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Shopify's GraphQL Admin API: one address, to which every question is posted. See https://shopify.dev/docs/api/admin-graphql/latest, version 2026-10, read 2026-11-22.</summary>
public interface IShopifyApi
{
    /// <summary>Asks a question.</summary>
    /// <param name="question">JSON with the query and its variables.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Post("graphql.json")]
    Task<Payload> AskAsync([Body] HttpContent question, CancellationToken cancellationToken);
}
