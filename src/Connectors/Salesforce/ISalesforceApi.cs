using RestEase;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>Salesforce's REST API, version 68.0. See https://developer.salesforce.com/docs/platform/api-rest/guide/resources-queryall.html, read 2026-11-20.</summary>
public interface ISalesforceApi
{
    /// <summary>Records by a query, deleted and merged ones among them.</summary>
    [Get("services/data/v68.0/queryAll")]
    Task<Payload> QueryAsync([Query] string q, CancellationToken cancellationToken);
}
