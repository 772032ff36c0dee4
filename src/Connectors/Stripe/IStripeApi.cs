using RestEase;

namespace IntegrationHub.Connectors.Stripe;

/// <summary>Stripe's API, version 1. Lists come the newest first, 100 a page. See https://docs.stripe.com/api, read 2026-11-22.</summary>
public interface IStripeApi
{
    /// <summary>An object; an event for 30 days.</summary>
    /// <param name="path">The list it is in, for example <c>checkout/sessions</c>.</param>
    /// <param name="id">The object.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("v1/{path}/{id}")]
    Task<Payload> ObjectAsync([Path(UrlEncode = false)] string path, [Path] string id, CancellationToken cancellationToken);

    /// <summary>Objects by the time they were created. There is no filter by their last change.</summary>
    /// <param name="path">The list.</param>
    /// <param name="status">Which ones; null for the usual ones.</param>
    /// <param name="from">Created at or after, Unix seconds; null for all.</param>
    /// <param name="before">Created before, Unix seconds; null for all.</param>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("v1/{path}?limit=100")]
    Task<Payload> ListAsync([Path(UrlEncode = false)] string path, [Query] string? status, [Query("created[gte]")] long? from, [Query("created[lt]")] long? before, [Query("starting_after")] string? after, CancellationToken cancellationToken);
}
