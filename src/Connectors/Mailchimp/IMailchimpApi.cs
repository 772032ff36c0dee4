using RestEase;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>Mailchimp's Marketing API 3.0. See https://mailchimp.com/developer/marketing/api/, read 2026-11-22.</summary>
public interface IMailchimpApi
{
    /// <summary>A member of an audience.</summary>
    /// <param name="list">The audience.</param>
    /// <param name="hash">The subscriber hash: the MD5 of the address in lower case.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("lists/{list}/members/{hash}")]
    Task<Payload> MemberAsync([Path] string list, [Path] string hash, CancellationToken cancellationToken);

    /// <summary>Members of an audience by their last change, 250 a page, without the archived ones.</summary>
    /// <param name="list">The audience.</param>
    /// <param name="since">Changed after this time; null for all.</param>
    /// <param name="before">Changed before this time.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("lists/{list}/members?sort_field=last_changed&sort_dir=ASC&count=250")]
    Task<Payload> MembersAsync([Path] string list, [Query("since_last_changed")] string? since, [Query("before_last_changed")] string before, [Query] long offset, CancellationToken cancellationToken);

    /// <summary>The ids of the account's audiences.</summary>
    [Get("lists?count=1000&fields=lists.id")]
    Task<Payload> ListsAsync(CancellationToken cancellationToken);

    /// <summary>The interest categories of an audience. It has 60 groups at most, in all.</summary>
    [Get("lists/{list}/interest-categories?count=60")]
    Task<Payload> CategoriesAsync([Path] string list, CancellationToken cancellationToken);

    /// <summary>The groups of a category: a member's interests by id.</summary>
    [Get("lists/{list}/interest-categories/{category}/interests?count=60")]
    Task<Payload> InterestsAsync([Path] string list, [Path] string category, CancellationToken cancellationToken);
}
