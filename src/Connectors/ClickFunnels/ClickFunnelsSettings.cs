using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Settings of a ClickFunnels connection: one connection is one webhook endpoint of one workspace.</summary>
public sealed record ClickFunnelsSettings : ApiSettings, IValidatableObject
{
    /// <summary>The endpoint's <c>webhook_secret</c>, 64 characters, as it is shown; a list while it is being changed.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>Name of the field of opt-in forms by which a person allows marketing e-mails, for example <c>newsletter</c>.</summary>
    /// <value>Null: a form is no consent. An unticked field takes nothing back.</value>
    public string? ConsentField { get; init; }

    /// <summary>Currency of the values of opportunities: ClickFunnels tells none with them.</summary>
    /// <value>ISO 4217, upper case; null leaves the values out.</value>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be three capital letters, for example \"USD\"")]
    public string? OpportunityCurrency { get; init; }

    /// <summary>Access token of the API: for history, for what webhooks missed, and for the contact of a tag whose name is not told.</summary>
    [Secret]
    public string? AccessToken { get; init; }

    /// <summary>The workspace's own part of its address: <c>hubdemo</c> of hubdemo.myclickfunnels.com.</summary>
    [RegularExpression("^[a-z0-9][a-z0-9-]*$", ErrorMessage = "must be the first part of the workspace's address, for example \"hubdemo\"")]
    public string? Subdomain { get; init; }

    /// <summary>The workspace's id, as its webhooks and its API tell it.</summary>
    [RegularExpression("^[0-9A-Za-z]{1,20}$", ErrorMessage = "must be the id of the workspace, for example \"20417\"")]
    public string? WorkspaceId { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AccessToken is null) yield break;
        if (WorkspaceId is null) yield return new ValidationResult("is needed where there is an accessToken", ["workspaceId"]);
        if (Subdomain is null && ApiUrl is null) yield return new ValidationResult("is needed where there is an accessToken: the API is at this name", ["subdomain"]);
    }

    /// <summary>ClickFunnels counts by the caller's address and does not say how many calls it allows. A call without a User-Agent is refused.</summary>
    internal ApiAccess? Access() => (AccessToken, WorkspaceId) is ({ } token, not null)
        ? new ApiAccess
        {
            Address = ApiAddress($"https://{Subdomain}.myclickfunnels.com/api/v2/"),
            Account = "by address",
            Credential = ApiCredential.Bearer(token),
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["User-Agent"] = "IntegrationHub" },
            Limit = new CallLimit(4, TimeSpan.FromSeconds(1)),
        }
        : null;
}
