using RestEase;

namespace IntegrationHub.Connectors.WooCommerce;

/// <summary>WooCommerce's REST API, <c>/wp-json/wc/v3</c>. An object has the shape that a webhook's body has. See https://developer.woocommerce.com/docs/apis/rest-api, read 2026-11-20.</summary>
public interface IWooCommerceApi
{
    /// <summary>An order.</summary>
    [Get("orders/{id}")]
    Task<Payload> OrderAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>A customer.</summary>
    [Get("customers/{id}")]
    Task<Payload> CustomerAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>Orders by the time of their last change, 100 a page.</summary>
    /// <param name="since">Changed after this time in UTC, without a zone; null for all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("orders?dates_are_gmt=true&orderby=modified&order=asc&per_page=100")]
    Task<Response<Payload>> OrdersAsync([Query("modified_after")] string? since, [Query] int page, CancellationToken cancellationToken);

    /// <summary>All customers by id, 100 a page: there is no filter by their last change.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("customers?role=all&orderby=id&order=asc&per_page=100")]
    Task<Response<Payload>> CustomersAsync([Query] int page, CancellationToken cancellationToken);
}
