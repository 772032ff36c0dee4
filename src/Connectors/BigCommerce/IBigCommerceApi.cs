using RestEase;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>BigCommerce's REST API, its older half (v2) and its newer one (v3). See https://github.com/bigcommerce/docs, reference/, read 2026-11-22.</summary>
public interface IBigCommerceApi
{
    /// <summary>Customers by id, with what belongs to them; there is no way to ask for a single one.</summary>
    [Get("v3/customers?include=addresses,attributes,formfields")]
    Task<Payload> CustomerAsync([Query("id:in")] string id, CancellationToken cancellationToken);

    /// <summary>Customers by the time of their last change, 250 a page.</summary>
    /// <param name="since">Changed at or after this time; null for all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("v3/customers?include=addresses,attributes,formfields&sort=date_modified:asc&limit=250")]
    Task<Payload> CustomersAsync([Query("date_modified:min")] string? since, [Query] int page, CancellationToken cancellationToken);

    /// <summary>A subscriber of the newsletter.</summary>
    [Get("v3/customers/subscribers/{id}")]
    Task<Payload> SubscriberAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>Subscribers by id, 250 a page.</summary>
    /// <param name="since">Changed at or after this time; null for all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("v3/customers/subscribers?limit=250")]
    Task<Payload> SubscribersAsync([Query("date_modified:min")] string? since, [Query] int page, CancellationToken cancellationToken);

    /// <summary>A cart; none any more when it has become an order.</summary>
    [Get("v3/carts/{id}")]
    Task<Payload> CartAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>An order with its lines.</summary>
    [Get("v2/orders/{id}?include=consignments.line_items&consignment_structure=object")]
    Task<Payload> OrderAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>Orders with their lines by the time of their last change, 100 a page; an empty page has no body.</summary>
    /// <param name="since">Changed at or after this time; null for all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("v2/orders?include=consignments.line_items&consignment_structure=object&sort=date_modified:asc&limit=100")]
    Task<Payload> OrdersAsync([Query("min_date_modified")] string? since, [Query] int page, CancellationToken cancellationToken);

    /// <summary>The coupons of an order; no body when there are none.</summary>
    [Get("v2/orders/{id}/coupons")]
    Task<Payload> CouponsAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>The messages between shopper and staff about an order.</summary>
    [Get("v2/orders/{id}/messages")]
    Task<Payload> MessagesAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>The refunds of an order.</summary>
    [Get("v3/orders/{id}/payment_actions/refunds")]
    Task<Payload> RefundsAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>The payments of an order, tried and made.</summary>
    [Get("v3/orders/{id}/transactions")]
    Task<Payload> TransactionsAsync([Path] string id, CancellationToken cancellationToken);
}
