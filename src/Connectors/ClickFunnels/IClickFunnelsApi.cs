using RestEase;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>ClickFunnels' API, version 2. An object has the shape that a webhook's <c>data</c> has. See https://developers.myclickfunnels.com/docs, read 2026-11-22.</summary>
public interface IClickFunnelsApi
{
    /// <summary>A contact.</summary>
    [Get("contacts/{id}")]
    Task<Payload> ContactAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>A list of the workspace, 20 a page; the header <c>Pagination-Next</c> tells behind which id the next one begins.</summary>
    /// <param name="workspace">The workspace's id.</param>
    /// <param name="list">For example <c>orders/invoices</c>.</param>
    /// <param name="property">What to sort by; null for the id.</param>
    /// <param name="direction"><c>desc</c>, or null for ascending.</param>
    /// <param name="after">The id of the last object that was read; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("workspaces/{workspace}/{list}")]
    Task<Response<Payload>> ListAsync([Path] string workspace, [Path(UrlEncode = false)] string list, [Query("sort_property")] string? property, [Query("sort_order")] string? direction, [Query] string? after, CancellationToken cancellationToken);
}
