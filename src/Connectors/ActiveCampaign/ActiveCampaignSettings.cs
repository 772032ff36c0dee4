using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Settings of a connection to one ActiveCampaign account.</summary>
public sealed record ActiveCampaignSettings : ApiSettings, IValidatableObject
{
    /// <summary>Secret at the end of the webhook's address, or password of its basic authentication: ActiveCampaign signs nothing.</summary>
    [Required, Secret]
    public required Secrets WebhookToken { get; init; }

    /// <summary>Time zone of the account, for times that are sent without one.</summary>
    /// <value>IANA name, for example <c>America/Chicago</c>; null sends such deliveries to quarantine.</value>
    [IanaTimeZone]
    public string? TimeZone { get; init; }

    /// <summary>What custom fields mean: from a field's id or personalization tag to a field of the contact, <c>user</c>, <c>utm_source</c> and the like, or <c>custom.&lt;name&gt;</c>.</summary>
    /// <value>Tags compare without case. A field that is not listed becomes <c>custom.field_&lt;id&gt;</c> or <c>custom.&lt;tag&gt;</c>.</value>
    [FieldTargets]
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Key of the API, as Settings, Developer shows it: for history, and for what imports and lost webhooks left out.</summary>
    [Secret]
    public string? ApiKey { get; init; }

    /// <summary>Address of the account, as Settings, Developer shows it beside the key.</summary>
    /// <value>For example <c>https://fjordlys.api-us1.com</c>; needed where there is an apiKey.</value>
    public Uri? AccountUrl { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ApiKey is not null && AccountUrl is null && ApiUrl is null) yield return new ValidationResult("is needed where there is an apiKey: the API is below it", ["accountUrl"]);
    }

    /// <summary>The account may make 5 calls a second, all its keys and tools together: one is left to the others.</summary>
    internal ApiAccess? Access()
    {
        if (ApiKey is not { } key) return null;
        var address = ApiAddress($"{AccountUrl?.AbsoluteUri.TrimEnd('/')}/api/3/");
        return new ApiAccess
        {
            Address = address,
            Account = (AccountUrl ?? address).Host,
            Credential = new ApiCredential.Header("Api-Token", key),
            Limit = new CallLimit(4, TimeSpan.FromSeconds(1)),
        };
    }
}

/// <summary>Accepts a mapping to targets that <see cref="ActiveCampaignFields"/> can fill.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FieldTargetsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> fields) return ValidationResult.Success;
        var wrong = fields.Where(field => !ActiveCampaignFields.IsTarget(field.Value))
            .Select(field => $"maps \"{field.Key}\" to \"{field.Value}\", which is neither custom.<name> nor a field{SettingsBinder.Suggestion(field.Value, ActiveCampaignFields.Targets)}");
        var problem = string.Join("; ", wrong);
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }
}
