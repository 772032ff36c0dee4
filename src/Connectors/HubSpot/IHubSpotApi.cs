using RestEase;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>HubSpot's API of objects, version 3, and of associations, version 4. See https://developers.hubspot.com/docs/api-reference, read 2026-11-20.</summary>
public interface IHubSpotApi
{
    /// <summary>An object. Of a contact that was merged, the one it ended in.</summary>
    /// <param name="path">The kind, for example <c>contacts</c>.</param>
    /// <param name="id">The object.</param>
    /// <param name="properties">What is asked for, joined by commas.</param>
    /// <param name="propertiesWithHistory">Of what every earlier value is asked for, joined by commas; null for none.</param>
    /// <param name="associations">The kind of objects whose ids are asked for, joined by commas.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("crm/v3/objects/{path}/{id}")]
    Task<Payload> ObjectAsync([Path] string path, [Path] string id, [Query] string properties, [Query] string? propertiesWithHistory, [Query] string associations, CancellationToken cancellationToken);

    /// <summary>A company.</summary>
    [Get("crm/v3/objects/companies/{id}?properties=name,hs_lastmodifieddate")]
    Task<Payload> CompanyAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>Objects by a property, at most 200 a page. Associations and histories are not told here.</summary>
    [Post("crm/v3/objects/{path}/search")]
    Task<Payload> SearchAsync([Path] string path, [Body] HttpContent search, CancellationToken cancellationToken);

    /// <summary>Contacts by their ids, at most 50 when histories are asked for.</summary>
    [Post("crm/v3/objects/contacts/batch/read")]
    Task<Payload> ContactsAsync([Body] HttpContent ids, CancellationToken cancellationToken);

    /// <summary>The contacts that objects are associated with, at most 1,000 objects.</summary>
    [Post("crm/v4/associations/{path}/contacts/batch/read")]
    Task<Payload> AssociatedAsync([Path] string path, [Body] HttpContent ids, CancellationToken cancellationToken);

    /// <summary>Contacts in the recycle bin, 100 a page.</summary>
    [Get("crm/v3/objects/contacts?archived=true&limit=100")]
    Task<Payload> DeletedAsync([Query] string? after, CancellationToken cancellationToken);
}
