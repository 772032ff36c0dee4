using RestEase;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>Jotform's API. Each answer is an envelope with the <c>content</c> in it. See https://api.jotform.com/docs/, read 2026-11-22.</summary>
public interface IJotformApi
{
    /// <summary>A form: its title.</summary>
    [Get("form/{form}")]
    Task<Payload> FormAsync([Path] string form, CancellationToken cancellationToken);

    /// <summary>Submissions of a form by their id, 100 a page. In which direction is not documented.</summary>
    /// <param name="form">The form's id.</param>
    /// <param name="filter">Conditions in JSON, for example <c>{"id:gt":"42"}</c>; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("form/{form}/submissions?limit=100&orderby=id")]
    Task<Payload> SubmissionsAsync([Path] string form, [Query] string? filter, CancellationToken cancellationToken);
}
