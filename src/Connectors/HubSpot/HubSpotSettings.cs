using System.ComponentModel.DataAnnotations;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.HubSpot;

/// <summary>Settings of a connection to one HubSpot account.</summary>
public sealed record HubSpotSettings : ApiSettings, IValidatableObject
{
    /// <summary>Client secret of the app, with which HubSpot signs; a list while it is being changed.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>Number of the HubSpot account (Hub ID). What an app is told of other accounts is ignored.</summary>
    [Required, RegularExpression("^[0-9]{1,18}$", ErrorMessage = "must be the account's number (Hub ID), as text of digits"), SimulatedValue(HubSpotSimulator.Portal)]
    public required string PortalId { get; init; }

    /// <summary>Access token of a private app; webhooks only hint at objects, so that the hub has to fetch them.</summary>
    /// <value>Needed unless there is a clientId.</value>
    [Secret, SimulatedValue("pat-of-the-simulation")]
    public string? AccessToken { get; init; }

    /// <summary>Client id of a public app, which gets its tokens by OAuth; its client secret is the first webhookSecret.</summary>
    /// <value>Not used where there is an accessToken.</value>
    public string? ClientId { get; init; }

    /// <summary>Refresh token of a public app, where you have one already.</summary>
    [Secret]
    public string? RefreshToken { get; init; }

    /// <summary>Kinds of objects that are read: contact, deal, note, task, meeting, order, cart, invoice, subscription.</summary>
    /// <value>Default: contact, deal, note, task, meeting. Where the shop is connected here too, its orders and carts would count twice.</value>
    [HubSpotKinds]
    public IReadOnlyList<string> Objects { get; init; } = ["contact", "deal", "note", "task", "meeting"];

    /// <summary>What further properties of contacts mean: from the property's internal name to <c>user</c>, <c>consent.email</c> and the like, or <c>custom.&lt;name&gt;</c>.</summary>
    /// <value>Properties that are not listed are not read.</value>
    [HubSpotProperties]
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Currency of the account, for amounts that are told without one.</summary>
    /// <value>ISO 4217, upper case; null leaves such amounts out.</value>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be three capital letters, for example \"EUR\"")]
    public string? Currency { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AccessToken is null && ClientId is null)
            yield return new ValidationResult("is required, or a clientId: HubSpot's webhooks name objects and do not tell them, so that without a key nothing can be read", ["accessToken"]);
    }

    internal bool Reads(HubSpotKind kind) => Objects.Contains(kind.Name, StringComparer.Ordinal);

    /// <summary>HubSpot allows 100 calls in 10 s and more; of searches 4 a second.</summary>
    internal ApiAccess? Access()
    {
        var address = ApiAddress("https://api.hubapi.com");
        ApiCredential? credential = AccessToken is { } token ? ApiCredential.Bearer(token) : ClientId is { } client ? new ApiCredential.OAuth(Grant(address, client)) : null;
        return credential is null ? null : new ApiAccess
        {
            Address = address,
            Account = PortalId,
            Credential = credential,
            Limit = new CallLimit(4, TimeSpan.FromSeconds(1)),
            Judge = HubSpotErrors.Judge,
        };
    }

    private OAuthGrant Grant(Uri address, string client) => new()
    {
        AuthorizeAddress = new Uri("https://app.hubspot.com/oauth/authorize"),
        TokenAddress = new Uri(address, "oauth/v1/token"),
        ClientId = client,
        ClientSecret = WebhookSecret[0],
        RefreshToken = RefreshToken,
        Scopes = [.. HubSpotKind.All.Where(Reads).SelectMany(ScopesOf).Distinct(StringComparer.Ordinal)],
    };

    private static IEnumerable<string> ScopesOf(HubSpotKind kind) => kind.Name switch
    {
        "contact" => ["oauth", "crm.objects.contacts.read", "crm.objects.companies.read"],
        "note" or "task" or "meeting" => ["crm.objects.contacts.read"],
        _ => [$"crm.objects.{kind.Path}.read"],
    };
}

/// <summary>Accepts names of kinds, contacts among them: everything else belongs to them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HubSpotKindsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyList<string> names) return ValidationResult.Success;
        var known = HubSpotKind.All.Select(kind => kind.Name).ToList();
        var problem = string.Join("; ", names.Where(name => !known.Contains(name, StringComparer.Ordinal)).Select(name => $"holds \"{name}\"{SettingsBinder.Suggestion(name, known)}"));
        if (problem.Length > 0) return new ValidationResult(problem);
        return names.Contains("contact", StringComparer.Ordinal) ? ValidationResult.Success : new ValidationResult("must hold \"contact\": everything else is told of contacts");
    }
}

/// <summary>Accepts a mapping of properties to what <see cref="HubSpotProperties"/> can fill.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HubSpotPropertiesAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> properties) return ValidationResult.Success;
        var wrong = properties.Where(entry => !HubSpotProperties.IsTarget(entry.Value))
            .Select(entry => $"maps \"{entry.Key}\" to \"{entry.Value}\", which is neither custom.<name> nor a meaning{SettingsBinder.Suggestion(entry.Value, HubSpotProperties.Targets)}");
        var problem = string.Join("; ", wrong);
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }
}
