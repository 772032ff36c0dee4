using RestEase;

namespace IntegrationHub.Connectors.Typeform;

/// <summary>Typeform's Create and Responses APIs. See https://www.typeform.com/developers/responses/reference/retrieve-responses/, read 2026-11-22.</summary>
public interface ITypeformApi
{
    /// <summary>A form as it is now: its questions and endings.</summary>
    [Get("forms/{form}")]
    Task<Payload> FormAsync([Path] string form, CancellationToken cancellationToken);

    /// <summary>Submitted responses, the oldest first, 100 a page.</summary>
    /// <param name="form">The form's id.</param>
    /// <param name="since">Submitted at or after this time, in Unix seconds; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("forms/{form}/responses?response_type=completed&sort=submitted_at,asc&page_size=100")]
    Task<Payload> CompletedAsync([Path] string form, [Query] long? since, CancellationToken cancellationToken);

    /// <summary>Responses that were left before the end, the newest first, 100 a page.</summary>
    /// <param name="form">The form's id.</param>
    /// <param name="since">Left at or after this time, in Unix seconds; null for all.</param>
    /// <param name="before">The last token of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("forms/{form}/responses?response_type=partial&page_size=100")]
    Task<Payload> PartialAsync([Path] string form, [Query] long? since, [Query] string? before, CancellationToken cancellationToken);
}
