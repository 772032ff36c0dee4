using RestEase;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>ActiveCampaign's API, <c>/api/3</c>. Ids and numbers are texts; what belongs to objects is asked for by <c>include</c> and told beside them. See https://developers.activecampaign.com/reference, read 2026-11-22.</summary>
public interface IActiveCampaignApi
{
    /// <summary>Contacts by id, 100 a page, with their tags, lists and custom fields.</summary>
    /// <param name="since">Changed after this time; null for all.</param>
    /// <param name="after">The last id that was read; 0 for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("contacts?orders[id]=ASC&limit=100&include=contactTags.tag,contactLists,fieldValues")]
    Task<Payload> ContactsAsync([Query("filters[updated_after]")] string? since, [Query("id_greater")] string after, CancellationToken cancellationToken);

    /// <summary>Contacts by their ids, at most 100, with their tags, lists and custom fields.</summary>
    [Get("contacts?limit=100&include=contactTags.tag,contactLists,fieldValues")]
    Task<Payload> ContactsOfAsync([Query("ids[]")] IEnumerable<string> ids, CancellationToken cancellationToken);

    /// <summary>Deals by the time they were created, 100 a page. Stage, pipeline, owner and contact are told by id.</summary>
    /// <param name="since">Changed after this time; null for all.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("deals?orders[cdate]=ASC&limit=100")]
    Task<Payload> DealsAsync([Query("filters[updated_after]")] string? since, [Query] long offset, CancellationToken cancellationToken);

    /// <summary>The stages of all pipelines.</summary>
    [Get("dealStages?limit=100")]
    Task<Payload> StagesAsync(CancellationToken cancellationToken);

    /// <summary>The pipelines.</summary>
    [Get("dealGroups?limit=100")]
    Task<Payload> PipelinesAsync(CancellationToken cancellationToken);

    /// <summary>The users of the account.</summary>
    [Get("users?limit=100")]
    Task<Payload> UsersAsync(CancellationToken cancellationToken);
}
