using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Settings of a Mindbody connection: one connection is one site.</summary>
public sealed record MindbodySettings : ApiSettings, IValidatableObject
{
    /// <summary>The <c>messageSignatureKey</c> that Mindbody answered when the subscription was made, as it stands: it looks like base64 and is not decoded.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>The site whose webhooks count: one subscription sends those of all sites of the developer account.</summary>
    /// <value>A whole number; null takes all sites. Ids carry their site either way.</value>
    [RegularExpression("^-?[0-9]{1,18}$", ErrorMessage = "must be the number of the site")]
    public string? SiteId { get; init; }

    /// <summary>Currency of the site: Mindbody tells amounts without one.</summary>
    /// <value>ISO 4217, upper case; null leaves amounts out.</value>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be three capital letters, for example \"USD\""), SimulatedValue("USD")]
    public string? Currency { get; init; }

    /// <summary>Time zone of the site, for times that the Public API tells without one.</summary>
    /// <value>IANA name, for example <c>America/Los_Angeles</c>; null sends objects with such times to quarantine.</value>
    [SiteTimeZone]
    public string? TimeZone { get; init; }

    /// <summary>What counts as a subscription: a membership that comes with a contract would be told twice.</summary>
    /// <value>Default: <see cref="MindbodySubscriptions.Contracts"/>.</value>
    public MindbodySubscriptions Subscriptions { get; init; }

    /// <summary>Key of the Public API, which is another than that of the Webhooks API: for history, and for who was booked into a class that is called off.</summary>
    [Secret]
    public string? ApiKey { get; init; }

    /// <summary>Name of a staff member who may see clients and sales.</summary>
    public string? StaffUser { get; init; }

    /// <summary>Password of the staff member.</summary>
    [Secret]
    public string? StaffPassword { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ApiKey is null) yield break;
        if (StaffUser is null || StaffPassword is null) yield return new ValidationResult("is needed where there is an apiKey, and staffPassword with it", ["staffUser"]);
        if (SiteId is null) yield return new ValidationResult("is needed where there is an apiKey", ["siteId"]);
    }

    internal ApiAccess? Access() => (ApiKey, SiteId) is ({ } key, { } site)
        ? new ApiAccess
        {
            Address = ApiAddress("https://api.mindbodyonline.com/public/v6/"),
            Account = key,
            Credential = new ApiCredential.Header("API-Key", key),
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["SiteId"] = site },
            Limit = new CallLimit(1000, TimeSpan.FromDays(1)),
            Judge = MindbodyObjects.Judge,
        }
        : null;
}

/// <summary>What counts as a subscription.</summary>
public enum MindbodySubscriptions
{
    /// <summary>Contracts, which are paid again and again.</summary>
    Contracts,

    /// <summary>Memberships, however they came about.</summary>
    Memberships,

    /// <summary>Both, each for itself.</summary>
    Both,
}

/// <summary>Accepts time zones that this system knows.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SiteTimeZoneAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is null || (value is string name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _));

    public override string FormatErrorMessage(string name) => "is no time zone that is known here; write an IANA name, for example \"America/Los_Angeles\"";
}
