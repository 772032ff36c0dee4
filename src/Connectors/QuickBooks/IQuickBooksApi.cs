using RestEase;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>QuickBooks Online's API of one company, <c>/v3/company/{realmId}</c>. See https://developer.intuit.com/app/developer/qbo/docs/learn/explore-the-quickbooks-online-api, read 2026-11-22.</summary>
public interface IQuickBooksApi
{
    /// <summary>One entity, wrapped in a member with its name.</summary>
    /// <param name="entity">Its name in lower case, for example <c>invoice</c>.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("{entity}/{id}?minorversion=75")]
    Task<Payload> ReadAsync([Path] string entity, [Path] string id, CancellationToken cancellationToken);

    /// <summary>Entities by a question in Intuit's query language, 1,000 at most.</summary>
    [Get("query?minorversion=75")]
    Task<Payload> QueryAsync([Query] string query, CancellationToken cancellationToken);

    /// <summary>What changed since a time of the last 30 days, deletions among it; 1,000 objects at most, and no further page.</summary>
    /// <param name="entities">Names of entities, separated by commas.</param>
    /// <param name="changedSince">An ISO 8601 time.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("cdc?minorversion=75")]
    Task<Payload> ChangesAsync([Query] string entities, [Query] string changedSince, CancellationToken cancellationToken);
}
