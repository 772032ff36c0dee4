using System.ComponentModel.DataAnnotations;

namespace IntegrationHub.Connectors.BigCommerce;

/// <summary>Settings of a connection to one BigCommerce store.</summary>
public sealed record BigCommerceSettings : ApiSettings
{
    // What standard plans allow is shared by all apps of a store: 150 calls in 30 seconds.
    private static readonly CallLimit Share = new(100, TimeSpan.FromSeconds(30));

    /// <summary>Client secret of the app or API account that made the webhooks; a list while it is being replaced.</summary>
    [Required, Secret]
    public required Secrets WebhookSecret { get; init; }

    /// <summary>The store's hash, as in <c>https://store-HASH.mybigcommerce.com</c>. Webhooks of other stores of the same app are ignored.</summary>
    [Required, SimulatedValue(BigCommerceSimulator.StoreHash)]
    [RegularExpression("^[a-z0-9]{1,32}$", ErrorMessage = "must be lower-case letters and digits, for example \"x1y2z3\"")]
    public required string StoreHash { get; init; }

    /// <summary>Access token of the app or API account, with the right to read customers, orders, carts, transactions and subscribers: a webhook only names the object.</summary>
    [Required, Secret]
    public required string AccessToken { get; init; }

    /// <summary>What form fields and attributes of customers mean: from the field's name, or <c>attribute_7</c>, to a field of the contact, <c>user</c>, or <c>custom.&lt;name&gt;</c>.</summary>
    /// <value>Names compare exactly. What is not listed is kept under its own name.</value>
    [FieldTargets]
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>BigCommerce counts the calls of all apps of a store together.</summary>
    internal ApiAccess Access() => new()
    {
        Address = ApiAddress($"https://api.bigcommerce.com/stores/{StoreHash}/"),
        Account = StoreHash,
        Credential = new ApiCredential.Header("X-Auth-Token", AccessToken),
        Limit = Share,
        Parallel = 3,
        // The older half of the API answers in XML unless it is asked for JSON.
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Accept"] = "application/json" },
        Judge = BigCommerceFaults.Find,
    };
}

/// <summary>Accepts a mapping to targets that <see cref="BigCommerceFields"/> can fill.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FieldTargetsAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyDictionary<string, string> fields) return ValidationResult.Success;
        var wrong = fields.Where(entry => !BigCommerceFields.IsTarget(entry.Value))
            .Select(entry => $"maps \"{entry.Key}\" to \"{entry.Value}\", which is neither custom.<name> nor a field{SettingsBinder.Suggestion(entry.Value, BigCommerceFields.Targets)}");
        var problem = string.Join("; ", wrong);
        return problem.Length == 0 ? ValidationResult.Success : new ValidationResult(problem);
    }
}
