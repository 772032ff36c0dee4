using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>Settings of a connection to one Salesforce organization.</summary>
public sealed record SalesforceSettings : ApiSettings, IValidatableObject
{
    /// <summary>Secret part of the address that outbound messages and the relay are sent to; a list while it is being changed. Salesforce signs nothing.</summary>
    [Required, Secret]
    public required Secrets WebhookToken { get; init; }

    /// <summary>Id of the organization, <c>00D…</c>; an outbound message of another one is rejected.</summary>
    /// <value>15 or 18 characters; case counts.</value>
    [Required, SalesforceOrganization, SimulatedValue(SalesforceSimulator.Organization)]
    public required string OrganizationId { get; init; }

    /// <summary>The organization's own address, <c>https://yours.my.salesforce.com</c>: the API is below it.</summary>
    /// <value>Null leaves out everything that has to be fetched.</value>
    public Uri? MyDomain { get; init; }

    /// <summary>Consumer key of the External Client App.</summary>
    [SimulatedValue("client-of-the-simulation")]
    public string? ClientId { get; init; }

    /// <summary>Consumer secret of the app.</summary>
    [Secret, SimulatedValue("secret-of-the-simulation")]
    public string? ClientSecret { get; init; }

    /// <summary>Refresh token of the web server flow; without one the app's client credentials are used.</summary>
    [Secret]
    public string? RefreshToken { get; init; }

    /// <summary>Kinds of records that are read: Contact, Lead, Opportunity, Task, Event, CampaignMember, Order, Individual.</summary>
    /// <value>Default: all but Order and Individual. Where the shop is connected here too, its orders would count twice; individuals there are only where Data Protection and Privacy is switched on.</value>
    [SalesforceObjects]
    public IReadOnlyList<string> Objects { get; init; } = ["Contact", "Lead", "Opportunity", "Task", "Event", "CampaignMember"];

    /// <summary>What fields of your own on contacts and leads mean: from the field's API name to <c>user</c>, <c>utm.source</c>, <c>utm.medium</c>, <c>utm.campaign</c>, <c>utm.term</c>, <c>utm.content</c> or <c>custom.&lt;name&gt;</c>.</summary>
    /// <value>Fields that are not listed are not read.</value>
    [SalesforceFields]
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What platform events of your own tell: <c>Name__e</c> → <c>orderPlaced</c>, <c>formSubmitted</c> or <c>contactObserved</c>; <c>Name__e.Field__c</c> → what the field is: see this connector's page.</summary>
    /// <value>Default none: a platform event that is not listed is ignored and counted.</value>
    [SalesforcePlatformEvents]
    public IReadOnlyDictionary<string, string> PlatformEvents { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Types of campaigns that are occasions which people register for.</summary>
    public IReadOnlyList<string> EventCampaigns { get; init; } = ["Webinar", "Conference", "Seminar / Conference", "Trade Show", "Event", "Workshop"];

    /// <summary>Currency of an organization with one currency; left out where it has several, which records tell then.</summary>
    /// <value>ISO 4217, upper case.</value>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be three capital letters, for example \"EUR\"")]
    public string? Currency { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClientId is null != ClientSecret is null) yield return new ValidationResult("needs clientId and clientSecret together", ["clientSecret"]);
        if (ClientId is not null && MyDomain is null && ApiUrl is null) yield return new ValidationResult("is needed where there is a clientId: the API is below it", ["myDomain"]);
    }

    internal bool Reads(string entity) => Objects.Contains(entity, StringComparer.Ordinal);

    /// <summary>Salesforce counts the calls of a day, and long ones at a time; 5 a second is far below either for most editions.</summary>
    internal ApiAccess? Access()
    {
        if ((ClientId, ClientSecret, ApiUrl ?? MyDomain?.AbsoluteUri) is not ({ } client, { } secret, { } usual)) return null;
        var address = new Uri(usual.TrimEnd('/') + "/");
        return new ApiAccess
        {
            Address = address,
            Account = OrganizationId[..15],
            Limit = new CallLimit(5, TimeSpan.FromSeconds(1)),
            Judge = SalesforceErrors.Judge,
            Credential = new ApiCredential.OAuth(new OAuthGrant
            {
                AuthorizeAddress = RefreshToken is null ? null : new Uri(address, "services/oauth2/authorize"),
                TokenAddress = new Uri(address, "services/oauth2/token"),
                ClientId = client,
                ClientSecret = secret,
                RefreshToken = RefreshToken,
                Scopes = RefreshToken is null ? [] : ["api", "refresh_token"],
                Pkce = true,
            }),
        };
    }
}

/// <summary>Accepts an organization's id.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SalesforceOrganizationAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is not string id || (id.StartsWith("00D", StringComparison.Ordinal) && SalesforceId.IsWhole(id))
            ? ValidationResult.Success
            : new ValidationResult("must be the organization's id, 00D and 12 or 15 more characters as Setup > Company Information shows it; upper and lower case count");
}

/// <summary>Accepts names of objects that can be read, contacts among them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SalesforceObjectsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyList<string> names) return ValidationResult.Success;
        var problem = string.Join("; ", names.Where(name => !SalesforceQueries.Entities.Contains(name, StringComparer.Ordinal)).Select(name => $"holds \"{name}\"{SettingsBinder.Suggestion(name, SalesforceQueries.Entities)}"));
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }
}
