using RestEase;

namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>The Google Forms API, version 1. See https://developers.google.com/workspace/forms/api/reference/rest, read 2026-11-22.</summary>
public interface IGoogleFormsApi
{
    /// <summary>A form with its questions.</summary>
    [Get("forms/{form}")]
    Task<Payload> FormAsync([Path] string form, CancellationToken cancellationToken);

    /// <summary>Responses of a form, 500 a page.</summary>
    /// <param name="form">The form.</param>
    /// <param name="filter">For example <c>timestamp >= 2026-11-20T00:00:00Z</c>; null for all.</param>
    /// <param name="pageToken">The token that the page before told; null for the first one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("forms/{form}/responses?pageSize=500")]
    Task<Payload> ResponsesAsync([Path] string form, [Query] string? filter, [Query] string? pageToken, CancellationToken cancellationToken);
}
